"""What an open page lacks for people who read it by ear, by keyboard or with weak eyes."""

from typing import Any

from playwright.sync_api import Page

LEAST_CONTRAST = 4.5
"""WCAG 2.2 AA for text, which GB/T 37668-2019 follows."""
LEAST_TARGET = 24
"""CSS pixels, WCAG 2.2 AA."""

FINDINGS = """
([leastContrast, leastTarget]) => {
  const findings = [];
  const visible = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const name = (e) => (e.getAttribute("aria-label") || e.innerText || e.labels?.[0]?.innerText
    || e.title || "").trim();
  const about = (e) => `${e.tagName} ${(name(e) || e.id || e.className).slice(0, 30)}`;
  const levels = (colour) => {
    const [r, g, b, a = 1] = colour.match(/[\\d.]+/g).map(Number);
    return { rgb: [r, g, b], a };
  };
  const backdrop = (e) => {
    for (let at = e; at; at = at.parentElement) {
      const { rgb, a } = levels(getComputedStyle(at).backgroundColor);
      if (a === 1) return rgb;
    }
    return [255, 255, 255];
  };
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((v) => v / 255)
      .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (e) => {
    const [light, dark] = [levels(getComputedStyle(e).color).rgb, backdrop(e)]
      .map(luminance).sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };
  for (const e of document.querySelectorAll("body *")) {
    const text = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    if (text && visible(e) && !e.closest(".visually-hidden, .skip") && contrast(e) < leastContrast)
      findings.push(`contrast ${contrast(e).toFixed(1)}: ${about(e)}`);
  }
  for (const e of document.querySelectorAll("a, button, input, select, textarea, summary")) {
    if (!visible(e)) continue;
    if (!name(e)) findings.push(`no name: ${about(e)}`);
    const { width, height } = e.getBoundingClientRect();
    const inSentence = e.tagName === "A" && getComputedStyle(e).display === "inline";
    if (!inSentence && !e.closest(".skip") && Math.min(width, height) < leastTarget)
      findings.push(`small target ${width}x${height}: ${about(e)}`);
  }
  let before = 0;
  for (const e of document.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    if (!visible(e)) continue;
    const level = Number(e.tagName[1]);
    if (level > before + 1) findings.push(`heading leaps to ${level}: ${about(e)}`);
    before = level;
  }
  for (const e of document.querySelectorAll("img:not([alt]), iframe:not([title])"))
    findings.push(`no text instead: ${about(e)}`);
  const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
  for (const id of ids.filter((id, at) => ids.indexOf(id) !== at)) findings.push(`id twice: ${id}`);
  for (const e of document.querySelectorAll("[aria-describedby], [aria-labelledby]"))
    for (const id of `${e.getAttribute("aria-describedby") || ""} ${
      e.getAttribute("aria-labelledby") || ""}`.split(" ").filter(Boolean))
      if (!ids.includes(id)) findings.push(`refers to nothing: ${id}`);
  return findings;
}
"""


def findings(page: Page) -> list[Any]:
    found: list[Any] = page.evaluate(FINDINGS, [LEAST_CONTRAST, LEAST_TARGET])
    return found
