"""Files as a browser sends them, and the worker that has them."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from injections import tasks
from injections.models import Upload

PATIENTS, SCHEDULE = reverse("injections:import_patients"), reverse("injections:import_schedule")


def work():
    """What a worker does of all that is owed."""
    while owed := tasks.uploads.owed():
        for upload_id in owed:
            tasks.work_on_upload(upload_id)


def look(browser, address, text, name="list.csv"):
    """The page of the file once it was read; a file that is not even kept is answered at once."""
    file = SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())
    sent = browser.post(address, {"file": file})
    return followed(browser, sent)


def followed(browser, sent):
    if sent.status_code != 302:
        return sent
    work()
    return browser.get(sent["Location"])


def confirm(browser, address, looked):
    form = looked.context["confirm"]
    return followed(browser, browser.post(address, {name: form[name].value() for name in ("upload_id", "seen")}))


def import_(browser, address, text):
    return confirm(browser, address, look(browser, address, text))


def newest():
    return Upload.objects.order_by("-pk").first()
