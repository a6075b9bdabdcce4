// Tabs and routes: #view, or #trials/EPISODE/TRIAL.

const VIEWS = { curves: renderCurves, heatmap: renderHeatmap, trials: renderTrials, lessons: renderLessons, costs: renderCosts, configuration: renderConfiguration };
const rendered = new Set();
let shown;

function start() {
  readReport();
  renderHead();
  const tabs = [...document.querySelectorAll('[role=tab]')];
  tabs.forEach((tab, index) => {
    tab.addEventListener('click', () => { location.hash = tab.dataset.view; });
    tab.addEventListener('keydown', event => moveTab(event, tabs, index));
  });
  document.querySelector('[role=tablist]').hidden = false;
  addEventListener('hashchange', route);
  addEventListener('beforeprint', renderAll);
  addEventListener('keydown', goBack);
  startTheme();
  route();
  shown ?? show('curves', []);
}

function renderHead() {
  const { experiment, omitted } = report;
  replace(document.getElementById('summary'),
    `${plural(experiment.arms.length, 'arm')} \u00D7 ${plural(experiment.tasks.length, 'task')} \u00D7 ${plural(experiment.seeds.length, 'seed')} = ${plural(experiment.episodes.length, 'episode')}`,
    experiment.startedAt.startsWith('0001-') ? null : ` \u00B7 ${instant(experiment.startedAt)} \u00B7 ${duration(experiment.duration)}`);
  const left = [
    [omitted.episodes, 'episodes are shown without prompts and trajectories'],
    [omitted.lessons, 'lessons are not shown'],
    [omitted.rejections, 'rejected lessons are not shown'],
  ].filter(([number]) => number > 0).map(([number, what]) => `${count(number)} ${what}`);
  const notice = `To keep this file small, ${left.join(', and ')}. All figures count every episode.`;
  replace(document.getElementById('notices'), left.length ? el('p', { class: 'notice', 'data-omitted': true }, notice) : null);
}

function route() {
  const [view, ...rest] = location.hash.slice(1).split('/');
  if (Object.hasOwn(VIEWS, view)) show(view, rest);
}

function show(view, rest) {
  for (const section of document.querySelectorAll('section[data-view]')) section.hidden = section.dataset.view !== view;
  for (const tab of document.querySelectorAll('[role=tab]')) {
    const isShown = tab.dataset.view === view;
    tab.setAttribute('aria-selected', String(isShown));
    tab.tabIndex = isShown ? 0 : -1;
  }
  const from = shown;
  shown = view;
  render(view);
  if (view === 'trials') openRoute(rest, from);
  if (view === 'heatmap') restoreCell();
}

function render(view) {
  if (rendered.has(view)) return;
  rendered.add(view);
  VIEWS[view](document.getElementById(`view-${view}`));
}

function renderAll() {
  Object.keys(VIEWS).forEach(render);
  finishLists();
}

function moveTab(event, tabs, index) {
  const target = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: tabs.length - 1 }[event.key];
  if (target === undefined) return;
  event.preventDefault();
  const tab = tabs[(target + tabs.length) % tabs.length];
  tab.focus();
  tab.click();
}

function startTheme() {
  const button = document.querySelector('[data-action=theme]');
  const root = document.documentElement;
  const isDark = () => (root.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';
  const name = () => {
    replace(button, isDark() ? '\u2600 Light' : '\u263E Dark');
    button.setAttribute('aria-label', isDark() ? 'Light colours' : 'Dark colours');
  };
  button.addEventListener('click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark';
    name();
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', name);
  button.hidden = false;
  name();
}
