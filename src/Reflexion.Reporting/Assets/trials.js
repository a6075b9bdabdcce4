// Episodes, and in each its trials.

const episodes = { list: null, detail: null, frame: null, items: [], origin: 'trials' };

function renderTrials(view) {
  const filters = filterBar(['text', 'arm', 'seed', 'outcome'], values => showEpisodes(filters, values));
  const links = el('ul', { class: 'episodes', keydown: moveEpisode });
  episodes.list = growingList(links, episodeLink, 100);
  episodes.detail = el('article', { class: 'detail', tabindex: '-1', 'aria-label': 'Trial' });
  episodes.frame = el('div', { class: 'master' }, el('div', { class: 'list-frame' }, links, episodes.list.end), episodes.detail);
  replace(view, el('h2', null, 'Trials'), filters.bar, episodes.frame);
  showEpisodes(filters, {});
}

function showEpisodes(filters, values) {
  episodes.items = report.experiment.episodes.filter(episode => matchesEpisode(episode, values) && (!values.outcome || episode.outcome === values.outcome));
  filters.say(`${plural(episodes.items.length, 'episode')} of ${count(report.experiment.episodes.length)}`);
  episodes.list.show(episodes.items);
}

function episodeLink(episode) {
  const arm = el('span', { class: 'note' }, el('bdi', null, episode.arm), ` \u00B7 seed ${episode.seed}`);
  return el('li', null, el('a', { href: `#trials/${episode.index}`, class: 'episode', 'data-episode': episode.index },
    el('span', { class: 'episode-name' }, el('bdi', null, episode.taskId), arm), signsOf(episode)));
}

function signsOf(episode) {
  const outcomes = episode.trials.length ? episode.trials.map(trial => trial.outcome) : [episode.outcome];
  return el('span', { class: 'signs', role: 'img', 'aria-label': `${episode.outcome} after ${plural(episode.trials.length, 'trial')}` }, outcomes.map(outcomeMark));
}

function moveEpisode(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const item = event.target.closest('li');
  const next = step === 1 ? item?.nextElementSibling : step === -1 ? item?.previousElementSibling : null;
  if (!next) return;
  event.preventDefault();
  next.firstElementChild.focus();
}

// rest: EPISODE/TRIAL of the route, or nothing for the list.
function openRoute([index, number], from) {
  const episode = report.experiment.episodes[Number.parseInt(index, 10)];
  if (from && from !== 'trials') episodes.origin = from;
  episodes.frame.classList.toggle('open', Boolean(episode));
  const left = episodes.list.container.querySelector('[aria-current]');
  left?.removeAttribute('aria-current');
  if (!episode) {
    left?.focus();
    replace(episodes.detail, el('p', { class: 'empty' }, 'Choose an episode to see its trials.'));
    return;
  }
  markCurrent(episode);
  showEpisode(episodes.detail, episode, Number(number) || lastTrial(episode));
  episodes.detail.focus({ preventScroll: true });
  if (matchMedia('(max-width: 60rem)').matches) scrollTo(0, 0);
}

function markCurrent(episode) {
  const at = episodes.items.indexOf(episode);
  if (at >= 0) episodes.list.reach(at);
  const link = episodes.frame.querySelector(`[data-episode="${episode.index}"]`);
  link?.setAttribute('aria-current', 'true');
  if (link) scrollWithin(episodes.frame.firstElementChild, link);
}

// Scrolls the list alone; the page stays where it is.
function scrollWithin(frame, item) {
  const [outer, inner] = [frame.getBoundingClientRect(), item.getBoundingClientRect()];
  if (inner.top < outer.top || inner.bottom > outer.bottom) frame.scrollTop += inner.top - outer.top - outer.height / 3;
}

// The last trial is where an episode is decided.
function lastTrial(episode) {
  return episode.trials.at(-1)?.number ?? 0;
}

function goBack(event) {
  if (event.key !== 'Escape' || shown !== 'trials' || event.target.matches('input, select') || !episodes.frame.classList.contains('open')) return;
  const origin = episodes.origin;
  episodes.origin = 'trials';
  location.hash = origin;
}

function showEpisode(detail, episode, number) {
  const record = episode.trials.find(trial => trial.number === number);
  replace(detail,
    el('p', { class: 'back' }, el('a', { href: '#trials' }, '\u2190 All episodes')),
    el('header', null, el('h3', { dir: 'auto' }, episode.taskId), outcomeBadge(episode.outcome), el('p', { class: 'note' }, el('bdi', null, episode.arm), ` \u00B7 seed ${episode.seed} \u00B7 `, usageLine(episode.usage))),
    textBlock(report.taskById.get(episode.taskId).instruction),
    episode.detail ? el('p', { class: 'stop' }, el('strong', null, episode.stopReason ? `${words(episode.stopReason)}: ` : ''), el('bdi', null, episode.detail)) : null,
    failureOf(episode),
    trialLinks(episode, number),
    record ? showTrial(episode, record) : el('p', { class: 'empty' }, 'No trial was made.'));
}

function failureOf(episode) {
  const failure = episode.episode?.failure;
  return failure ? el('div', { class: 'failure' }, el('strong', null, `${words(failure.component)} failed`), textBlock(failure.message)) : null;
}

function trialLinks(episode, number) {
  return el('nav', { class: 'trial-links', 'aria-label': 'Trials of this episode' }, episode.trials.map(trial =>
    el('a', { href: `#trials/${episode.index}/${trial.number}`, 'aria-current': trial.number === number ? 'page' : null },
      outcomeMark(trial.outcome), ` Trial ${trial.number}`, trial.score === undefined ? '' : el('span', { class: 'note' }, ` G ${decimal(trial.score)}`))));
}

function usageLine(usage) {
  const total = totalUsage(usage);
  return `${plural(total.calls, 'call')}, ${count(total.inputTokens + total.outputTokens)} tokens${total.cost ? `, cost ${money(total.cost)}` : ''}`;
}
