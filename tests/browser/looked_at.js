// What a person would notice of a page, measured on the page as it stands. Answers a list of sentences; empty is good.
// `what` names the checks that are wanted.
(what) => {
  const found = [];
  const seen = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getBoundingClientRect().width > 1;
  const called = (element) => {
    const words = (element.innerText || element.name || element.id || "").trim().slice(0, 40);
    return `${element.tagName.toLowerCase()}.${[...element.classList].join(".")} "${words}"`;
  };
  const all = (selector) => [...document.querySelectorAll(selector)].filter(seen);

  const numbers = (colour) => colour.match(/[\d.]+/g).map(Number);
  const light = (colour) => {
    const [r, g, b] = numbers(colour).slice(0, 3).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const behind = (element) => {
    for (let at = element.parentElement; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if ((numbers(colour)[3] ?? 1) > 0.99) return colour;
    }
    return "rgb(255, 255, 255)";
  };

  const checks = {
    sideways() {
      const page = document.documentElement;
      if (page.scrollWidth <= page.clientWidth) return;
      const wide = all("body *").filter((element) => element.getBoundingClientRect().right > page.clientWidth + 1);
      found.push(`scrolls sideways: ${wide.slice(0, 3).map(called).join(", ")}`);
    },
    fingers() {
      const touched = "button, .btn, .tile, select, textarea, input:not([type=hidden], [type=radio], [type=checkbox])";
      for (const element of all(touched)) {
        const tall = element.getBoundingClientRect().height;
        if (tall < 43.5 && !element.matches(".as-link, td *")) found.push(`${Math.round(tall)} px for a finger: ${called(element)}`);
      }
    },
    borders() {
      const bordered = "input:not([type=hidden], .tile > input), select, textarea, .tile";
      for (const element of all(bordered)) {
        const style = getComputedStyle(element);
        const least = Math.min(contrast(style.borderTopColor, behind(element)), contrast(style.borderTopColor, style.backgroundColor));
        if (parseFloat(style.borderTopWidth) < 1 || least < 3) found.push(`border ${least.toFixed(1)}:1 of ${called(element)}`);
      }
    },
    focus() {
      const reached = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
      const before = document.activeElement;
      for (const element of all(reached)) {
        if (element.disabled || element.closest("dialog:not([open])")) continue;
        element.focus({ preventScroll: true });
        if (document.activeElement !== element) continue;
        const shown = [element, element.closest(".tile")].filter(Boolean).map((at) => getComputedStyle(at));
        const ring = shown.some((style) => style.outlineStyle === "solid" && parseFloat(style.outlineWidth) >= 3);
        if (!ring) found.push(`no ring of focus: ${called(element)}`);
      }
      before?.focus?.({ preventScroll: true });
    },
    chosen() {
      const ring = (tile) => getComputedStyle(tile).outlineStyle;
      for (const tile of all(".tile:has(input:checked)")) {
        if (ring(tile) === "none") found.push(`nothing but colour says that it is chosen: ${called(tile)}`);
      }
    },
    paper() {
      for (const element of all(".top, .bar, .skip, dialog, .soon, button:not(.row)")) found.push(`on paper: ${called(element)}`);
    },
    // Letters twice as large, as a person sets them who sees badly: nothing hangs out of its box, lies over another or is lost.
    twice() {
      const sizes = [...document.querySelectorAll("body, body *")].map((element) => [element, parseFloat(getComputedStyle(element).fontSize)]);
      for (const [element, size] of sizes) element.style.fontSize = `${size * 2}px`;
      checks.sideways();
      for (const element of all(".btn, .tile, .chip, .tab, td, th, .row > *, .card, h1, h2")) {
        const cut = getComputedStyle(element).overflowX !== "visible";
        if (element.scrollWidth > element.clientWidth + 2 && element.clientWidth && !element.querySelector(".visually-hidden")) found.push(`${cut ? "cut off" : "hangs out"}: ${called(element)}`);
      }
      const words = lines();
      for (let one = 0; one < words.length; one += 1) {
        for (let other = one + 1; other < words.length; other += 1) {
          if (over(words[one], words[other])) found.push(`"${words[one].text}" lies over "${words[other].text}"`);
        }
      }
      for (const [element] of sizes) element.style.fontSize = "";
    },
  };

  function lines() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const words = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!node.data.trim() || !seen(parent) || parent.closest(".bar, .banner, .skip, .news, .soon, svg, option, dialog")) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const kept = parent.closest(".worklist, .detail, .table-wrap, .filter, .tabs")?.getBoundingClientRect();
      if (parent.closest(".visually-hidden")) continue;
      for (const box of range.getClientRects()) if (!kept || (box.bottom <= kept.bottom && box.right <= kept.right)) words.push({ box, text: node.data.trim().slice(0, 30), node });
    }
    return words;
  }

  function over(one, other) {
    if (one.node === other.node) return false;
    const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
    const tall = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
    return wide > 3 && tall > Math.min(one.box.height, other.box.height) * 0.45;
  }

  for (const name of what) checks[name]();
  return [...new Set(found)].slice(0, 12);
}
