// Characters of texts on display that show as nothing, or that reorder what stands beside them.
() => {
  const hidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u00AD\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/;
  const findings = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { data, parentElement: parent } = walker.currentNode;
    if (hidden.test(data) && parent.checkVisibility()) {
      findings.push(`U+${data.match(hidden)[0].codePointAt(0).toString(16)} in <${parent.tagName.toLowerCase()} class="${parent.getAttribute('class') ?? ''}">`);
    }
  }
  return [...new Set(findings)];
}
