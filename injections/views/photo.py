"""A photo of the vial instead of a scan, for tablets without a scanner: read here, and kept nowhere."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_POST

from injections.forms.photo import PhotoForm
from injections.photo import best_code, codes_in
from injections.policy import requires
from injections.scan import ScanError
from injections.views.draft import answer
from injections.views.drafts import draft_of, merge


@requires("chart.write")
@require_POST
def draft_photo(request: HttpRequest, pk: int) -> HttpResponse:
    """The code on the photo goes the way of every scan; the rest of the page is saved with it."""
    draft = draft_of(request, pk)
    posted, refused = with_code(request)
    request.POST = posted  # type: ignore[assignment]  # from here on it is as if a scanner had sent the code
    saved = merge(request, draft)
    if refused:
        saved.errors["scan"] = refused
    return answer(request, saved)


def photo_sent(request: HttpRequest) -> bool:
    """Whether a photo came with the page."""
    return "photo" in request.FILES


def with_code(request: HttpRequest) -> tuple[QueryDict, str]:
    """What was posted, with the code on its photo as the scan; and what to tell whoever took a photo without one."""
    code, refused = _code(request)
    posted = request.POST.copy()
    posted["scan"] = code
    return posted, refused


def _code(request: HttpRequest) -> tuple[str, str]:
    """The code, or what to tell whoever took the photo."""
    form = PhotoForm(request.POST, request.FILES)
    if not form.is_valid():
        return "", str(next(iter(form.errors["photo"])))
    try:
        return best_code(codes_in(form.cleaned_data["photo"])), ""
    except ScanError as problem:
        return "", str(problem)
