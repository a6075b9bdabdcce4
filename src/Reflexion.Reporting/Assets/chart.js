// Line charts with intervals. Series differ by dash and marker as well as by colour.

const MARKERS = ['circle', 'square', 'triangle', 'diamond', 'down', 'cross'];
const PADDING = 22;
const MARGIN = { top: 12, right: 16, bottom: 42, left: 46 };

// series: { name, index, isBaseline, points: [{ x, y, low, high, title, attributes }] }
function lineChart({ name, label, xLabel, xTicks, xFormat, series }) {
  const picture = svg('svg', { 'data-chart': name, role: 'group', 'aria-label': label, class: 'chart' });
  const readout = el('p', { class: 'readout', 'aria-hidden': 'true' }, 'Point at a mark to read it.');
  const hidden = new Set();
  const draw = () => drawChart(picture, { xLabel, xTicks, xFormat, readout, series: series.filter(one => !hidden.has(one)) });
  const toggle = one => { if (!hidden.delete(one)) hidden.add(one); draw(); };
  onResize(picture, draw);
  return el('figure', { class: 'figure' }, chartLegend(series, toggle), picture, readout);
}

function chartLegend(series, toggle) {
  return el('div', { class: 'legend', role: 'group', 'aria-label': 'Lines shown' }, series.map(one => {
    const swatch = svg('svg', { class: `swatch ${seriesClass(one)}`, viewBox: '0 0 34 12', 'aria-hidden': 'true' },
      svg('line', { class: 'line', x1: 1, y1: 6, x2: 33, y2: 6 }), marker(one, 17, 6));
    const button = el('button', { type: 'button', 'aria-pressed': 'true' }, swatch, el('bdi', null, one.name), one.isBaseline ? el('span', { class: 'note' }, ' baseline') : null);
    button.addEventListener('click', () => {
      button.setAttribute('aria-pressed', String(button.getAttribute('aria-pressed') !== 'true'));
      toggle(one);
    });
    return button;
  }));
}

function drawChart(picture, chart) {
  const width = Math.max(280, picture.clientWidth || 720);
  const height = Math.round(Math.min(400, Math.max(240, width * 0.5)));
  picture.setAttribute('viewBox', `0 0 ${width} ${height}`);
  picture.setAttribute('height', height);
  const last = chart.xTicks.at(-1);
  const first = chart.xTicks[0];
  const inner = width - MARGIN.left - MARGIN.right - 2 * PADDING;
  const scale = {
    x: value => MARGIN.left + PADDING + inner * (last === first ? 0.5 : (value - first) / (last - first)),
    y: share => MARGIN.top + (height - MARGIN.top - MARGIN.bottom) * (1 - share),
    width, height, inner,
  };
  replace(picture, axes(chart, scale), bandsOf(chart.series, scale), chart.series.map((one, i) => lineOf(one, chart, scale, dodge(one, i, chart.series.length))));
}

function axes({ xLabel, xTicks, xFormat = String }, scale) {
  const rows = [0, 0.25, 0.5, 0.75, 1].map(share => [
    svg('line', { class: 'grid', x1: MARGIN.left, x2: scale.width - MARGIN.right, y1: scale.y(share), y2: scale.y(share) }),
    svg('text', { class: 'tick', x: MARGIN.left - 6, y: scale.y(share) + 4, 'text-anchor': 'end' }, `${100 * share} %`)]);
  const every = Math.ceil(xTicks.length / Math.max(2, scale.inner / 44));
  const columns = xTicks.filter((_, i) => i % every === 0).map(tick => svg('text', { class: 'tick', x: scale.x(tick), y: scale.height - MARGIN.bottom + 18, 'text-anchor': 'middle' }, xFormat(tick)));
  const title = svg('text', { class: 'tick', x: scale.x((xTicks[0] + xTicks.at(-1)) / 2), y: scale.height - 6, 'text-anchor': 'middle' }, xLabel);
  return svg('g', { 'aria-hidden': 'true' }, rows.flat(), columns, title);
}

// Many bands over each other tell nothing; the whiskers say the same.
function bandsOf(series, scale) {
  return series.length <= 4 ? series.map(one => bandOf(one, scale)) : [];
}

function bandOf(one, scale) {
  const known = one.points.filter(point => Number.isFinite(point.low) && Number.isFinite(point.high));
  const upper = known.map(point => `${scale.x(point.x)},${scale.y(point.high)}`);
  const lower = known.map(point => `${scale.x(point.x)},${scale.y(point.low)}`).reverse();
  return svg('polygon', { class: `band ${seriesClass(one)}`, points: [...upper, ...lower].join(' '), 'aria-hidden': 'true' });
}

function lineOf(one, chart, scale, shift) {
  const path = one.points.map(point => `${scale.x(point.x) + shift},${scale.y(point.y)}`).join(' ');
  return svg('g', { class: seriesClass(one), role: 'list', 'aria-label': plain(one.name) },
    svg('polyline', { class: 'line', points: path, 'aria-hidden': 'true' }), one.points.map(point => pointOf(one, point, chart, scale, shift)));
}

function pointOf(one, point, { readout }, scale, shift) {
  const x = scale.x(point.x) + shift;
  const show = () => replace(readout, point.title);
  return svg('g', { ...point.attributes, class: 'point', role: 'listitem', tabindex: '0', 'aria-label': plain(point.title), mouseenter: show, focus: show },
    Number.isFinite(point.low) && Number.isFinite(point.high) ? whisker(x, scale.y(point.low), scale.y(point.high)) : null,
    marker(one, x, scale.y(point.y)), svg('circle', { class: 'target', cx: x, cy: scale.y(point.y), r: 12 }));
}

function whisker(x, low, high) {
  return svg('path', { class: 'whisker', d: `M${x} ${low}V${high}M${x - 3} ${low}h6M${x - 3} ${high}h6` });
}

function marker(one, x, y) {
  const shapes = {
    circle: `M${x - 4.5} ${y}a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0`,
    square: `M${x - 4} ${y - 4}h8v8h-8z`,
    triangle: `M${x} ${y - 5}l5 9h-10z`,
    diamond: `M${x} ${y - 5.5}l5.5 5.5l-5.5 5.5l-5.5 -5.5z`,
    down: `M${x} ${y + 5}l5 -9h-10z`,
    cross: `M${x - 4} ${y - 4}l8 8m0 -8l-8 8`,
  };
  const shape = MARKERS[one.index % MARKERS.length];
  return svg('path', { class: `marker marker-${shape}`, d: shapes[shape] });
}

function seriesClass(one) {
  return one.isBaseline ? 'series baseline' : `series series-${one.index % 6}${one.index % 12 < 6 ? '' : ' second'}`;
}

// Lines side by side, so that no interval hides another.
function dodge({ points }, index, size) {
  return points.some(point => point.low === undefined) ? 0 : (index - (size - 1) / 2) * Math.min(9, 36 / size);
}

function onResize(element, draw) {
  let width = 0;
  new ResizeObserver(([entry]) => {
    if (entry.contentRect.width !== width) {
      width = entry.contentRect.width;
      requestAnimationFrame(draw);
    }
  }).observe(element);
  draw();
}
