// What was used, by component; how episodes ended, and why.

const COMPONENTS = ['Actor', 'Evaluator', 'HeldOutEvaluator', 'Reflector', 'RetrospectiveModel', 'Memory', 'StopCondition', 'Journal'];

function renderCosts(view) {
  const arms = report.figures.arms;
  replace(view,
    el('h2', null, 'Costs and outcomes'),
    el('p', { class: 'lead' }, 'What the arms used, by component, and how their episodes ended: every episode has exactly one outcome.'),
    shareChart('Tokens by component', arms, arm => arm.usage.map(used => [words(used.component), used.tokens.inputTokens + used.tokens.outputTokens, `part-${COMPONENTS.indexOf(used.component)}`])),
    table({
      name: 'usage', caption: 'Usage by arm and component',
      head: [{ name: 'Arm', text: true }, ...usageHead()],
      rows: arms.flatMap(arm => usageRows(arm.usage).map(cells => [arm.arm, ...cells])),
    }),
    shareChart('Outcomes of episodes', arms, arm => Object.keys(OUTCOMES).map(name => [`${outcomeSign(name)} ${name}`, arm.outcomes[name], `outcome-${name}`])),
    table({
      name: 'outcomes', caption: 'Outcomes of episodes',
      head: [{ name: 'Arm', text: true }, ...Object.keys(OUTCOMES).map(name => ({ name: `${outcomeSign(name)} ${name}` }))],
      rows: arms.map(arm => [arm.arm, ...Object.keys(OUTCOMES).map(name => count(arm.outcomes[name]))]),
    }),
    stopTable(arms), failureTable());
}

function usageHead() {
  return [{ name: 'Component', text: true }, { name: 'Calls' }, { name: 'Failed' }, { name: 'Input tokens' }, { name: 'Cached' }, { name: 'Output tokens' }, { name: 'All tokens' }, { name: 'Cost' }];
}

function usageRows(usage) {
  const rows = usage.map(used => usageCells(words(used.component), { ...used, ...used.tokens }));
  return usage.length > 1 ? [...rows, usageCells('together', totalUsage(usage))] : rows;
}

function usageCells(name, used) {
  const counts = [used.calls, used.failedCalls, used.inputTokens, used.cachedInputTokens, used.outputTokens, used.inputTokens + used.outputTokens];
  return [name, ...counts.map(count), used.cost ? money(used.cost) : MISSING];
}

function totalUsage(usage) {
  const sum = pick => usage.reduce((total, used) => total + pick(used), 0);
  return {
    calls: sum(used => used.calls), failedCalls: sum(used => used.failedCalls), cost: sum(used => used.cost),
    inputTokens: sum(used => used.tokens.inputTokens), cachedInputTokens: sum(used => used.tokens.cachedInputTokens), outputTokens: sum(used => used.tokens.outputTokens),
  };
}

function usageTable(usage, caption) {
  return usage.length ? table({ name: 'trial-usage', caption, head: usageHead(), rows: usageRows(usage) }) : el('p', { class: 'empty' }, 'No call was counted.');
}

// A bar for each arm, of parts [name, amount, class]; the table that follows it says the same.
function shareChart(caption, arms, partsOf) {
  const all = arms.map(arm => [arm.arm, partsOf(arm).filter(([, amount]) => amount > 0)]);
  const most = Math.max(1, ...all.map(([, parts]) => sumOf(parts)));
  const names = new Map(all.flatMap(([, parts]) => parts.map(([name, , style]) => [name, style])));
  return el('figure', { class: 'bars' }, el('figcaption', null, caption),
    el('ul', { class: 'legend' }, [...names].map(([name, style]) => el('li', null, el('span', { class: `sign ${style}`, 'aria-hidden': 'true' }), ` ${name}`))),
    all.map(([arm, parts]) => el('div', { class: 'bar' }, el('bdi', { class: 'bar-name' }, arm), barOf(parts, most), el('span', { class: 'bar-sum' }, count(sumOf(parts))))));
}

function barOf(parts, most) {
  let from = 0;
  const pieces = parts.map(([name, amount, style]) => {
    const piece = svg('rect', { class: style, x: from, y: 0, width: 1000 * amount / most, height: 20 }, svg('title', null, `${name}: ${count(amount)}`));
    from += 1000 * amount / most;
    return piece;
  });
  const label = parts.map(([name, amount]) => `${name} ${count(amount)}`).join(', ');
  return svg('svg', { class: 'bar-pieces', viewBox: '0 0 1000 20', preserveAspectRatio: 'none', role: 'img', 'aria-label': label }, pieces);
}

function sumOf(parts) {
  return parts.reduce((total, [, amount]) => total + amount, 0);
}

function stopTable(arms) {
  const reasons = [...new Set(arms.flatMap(arm => Object.keys(arm.stopReasons)))];
  return reasons.length === 0 ? null : table({
    name: 'stops', caption: 'Why the loop stopped',
    head: [{ name: 'Arm', text: true }, ...reasons.map(reason => ({ name: words(reason) }))],
    rows: arms.map(arm => [arm.arm, ...reasons.map(reason => count(arm.stopReasons[reason] ?? 0))]),
  });
}

function failureTable() {
  const failed = report.experiment.episodes.filter(episode => episode.outcome === 'Errored');
  return failed.length === 0 ? null : table({
    name: 'failures', caption: `Episodes that ended with an error (${count(failed.length)}${failed.length > 200 ? ', the first 200' : ''})`,
    head: [{ name: 'Episode', text: true }, { name: 'Component', text: true }, { name: 'What was wrong', text: true }],
    rows: failed.slice(0, 200).map(episode => [{ content: el('a', { href: `#trials/${episode.index}` }, `${episode.taskId}, ${episode.arm}, seed ${episode.seed}`) },
      episode.episode?.failure ? words(episode.episode.failure.component) : MISSING, { content: textBlock(episode.detail) }]),
  });
}
