// What makes the page scroll sideways: nothing on a good page. What scrolls within a box of its own is all right.
() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const scrolls = element => /auto|scroll|hidden|clip/.test(getComputedStyle(element).overflowX);
  const boxed = element => { for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) { if (scrolls(at)) return true; } return false; };
  return [
    `the page is ${document.documentElement.scrollWidth} px wide in a window of ${width}`,
    ...[...document.body.querySelectorAll('*')].filter(element => element.getBoundingClientRect().right > width + 1 && !boxed(element)).slice(0, 5)
      .map(element => `<${element.tagName.toLowerCase()} class="${element.getAttribute('class') ?? ''}"> ends at ${Math.round(element.getBoundingClientRect().right)}`),
  ];
}
