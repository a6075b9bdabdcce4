// Learning curves, and what follows from them.

function renderCurves(view) {
  const figures = report.figures;
  replace(view,
    el('h2', null, 'Learning curves'),
    el('p', { class: 'lead' }, 'Share of episodes solved once so many trials were allowed, with ', confidence(), ' intervals. An episode that ended keeps what it had.'),
    el('div', { class: figures.arms.length > 3 ? null : 'beside' }, curveChart(figures.arms), curveTable(figures.arms)),
    efficiencyTable(figures.arms),
    figures.comparisons.length ? comparisonTable(figures.comparisons) : null,
    budgetSection(figures.comparisons.filter(comparison => comparison.atEqualBudget)),
    figures.gainSplits.length ? gainTable(figures.gainSplits) : null,
    judgeTable(figures.arms.filter(arm => arm.judge)),
    el('h3', null, 'How to read these figures'),
    el('ul', { class: 'notes' }, figures.notes.map(note => el('li', null, note))));
}

function confidence() {
  return `${decimal(100 * report.figures.options.bootstrap.confidence, 1).replace(/\.0$/, '')}${NARROW}%`;
}

function curveChart(arms) {
  return lineChart({
    name: 'curves',
    label: 'Learning curves: share solved by trials allowed. The table that follows holds the same numbers.',
    xLabel: 'Trials allowed',
    xTicks: Array.from({ length: report.trialCount }, (_, i) => i + 1),
    series: arms.map((arm, index) => ({ name: arm.arm, index, isBaseline: arm.arm === report.baseline, points: arm.curve.map(point => curvePoint(arm.arm, point)) })),
  });
}

function curvePoint(arm, { trial, solved, episodes, attempted, share }) {
  return {
    x: trial, y: figure(share.value), low: figure(share.low), high: figure(share.high),
    title: `${arm}, trial ${trial}: ${solved} of ${episodes} solved, ${percent(share.value)} [${percent(share.low)}, ${percent(share.high)}]; ${attempted} made this trial`,
    attributes: { 'data-arm': arm, 'data-trial': trial, 'data-solved': solved, 'data-episodes': episodes },
  };
}

function curveTable(arms) {
  const cellOf = (arm, trial) => {
    const point = arm.curve.find(one => one.trial === trial);
    return point ? {
      attributes: { 'data-arm': arm.arm, 'data-trial': trial },
      content: [el('span', { class: 'value' }, percent(point.share.value)), ` ${point.solved}/${point.episodes} `, el('span', { class: 'interval' }, `[${percent(point.share.low)}, ${percent(point.share.high)}]`)],
    } : MISSING;
  };
  return table({
    name: 'curves',
    caption: 'Share solved by trials allowed',
    head: [{ name: 'Trial', text: true }, ...arms.map(arm => ({ name: arm.arm }))],
    rows: Array.from({ length: report.trialCount }, (_, i) => [String(i + 1), ...arms.map(arm => cellOf(arm, i + 1))]),
  });
}

function efficiencyTable(arms) {
  return table({
    name: 'efficiency',
    caption: 'What each arm achieved and what it took',
    note: 'Tokens and cost per success count the failures\u2019 spending too; held-out evaluation is left out.',
    head: [{ name: 'Arm', text: true }, { name: 'Episodes' }, { name: 'Solved' }, { name: 'Mean return' }, { name: 'Tokens per episode' }, { name: 'Tokens per success' }, { name: 'Cost per success' }],
    rows: arms.map(arm => [arm.arm, count(arm.counted), estimate(arm.solved, percent), estimate(arm.return, decimal),
      estimate(arm.tokensPerEpisode, count), estimate(arm.tokensPerSuccess, count), estimate(arm.costPerSuccess, money)]),
  });
}

function comparisonTable(comparisons) {
  return table({
    name: 'comparisons',
    caption: 'Paired comparisons at the same tasks and seeds',
    note: 'Differences are the second arm\u2019s share solved minus the first\u2019s, in points; p-values are McNemar\u2019s.',
    head: [{ name: 'First \u2192 second', text: true }, { name: 'Pairs' }, { name: 'Missing' }, { name: 'Both' }, { name: 'Only first' }, { name: 'Only second' }, { name: 'Neither' },
      { name: 'Difference' }, { name: 'Exact p' }, { name: 'Mid-p' }, { name: 'Adjusted p (Holm)' }],
    rows: comparisons.map(one => [`${one.first} \u2192 ${one.second}`, count(one.pairs), count(one.missingPairs), count(one.both), count(one.onlyFirst), count(one.onlySecond), count(one.neither),
      estimate(one.solvedDifference, points), probability(one.test.exactP), probability(one.test.midP), { content: [verdictSign(one), probability(one.adjustedP)] }]),
  });
}

function verdictSign(comparison) {
  return comparison.adjustedP < 1 - report.figures.options.bootstrap.confidence ? el('strong', { class: 'clear' }, figure(comparison.solvedDifference.value) > 0 ? '\u25B2 ' : '\u25BC ') : null;
}

function budgetSection(comparisons) {
  if (comparisons.length === 0) return null;
  const chart = el('div');
  const choose = el('select', { 'aria-label': 'Comparison drawn', change: () => replace(chart, budgetChart(comparisons[choose.selectedIndex])) },
    comparisons.map(one => el('option', null, plain(`${one.first} \u2192 ${one.second}`))));
  replace(chart, budgetChart(comparisons[0]));
  return el('div', null,
    el('h3', null, 'At equal budget'),
    el('p', { class: 'lead' }, 'Does one arm beat another with the same tokens? Both are cut off at the same number of tokens an episode; the matched budget is the largest that both arms can be compared at.'),
    el('div', { class: 'beside' }, el('div', null, chart, el('label', { class: 'chooser' }, 'Drawn: ', choose)), budgetTable(comparisons)));
}

function budgetTable(comparisons) {
  return table({
    name: 'budget',
    caption: 'Share solved with the same tokens',
    head: [{ name: 'First \u2192 second', text: true }, { name: 'Matched budget (tokens)' }, { name: 'First solved' }, { name: 'Second solved' }, { name: 'Difference' }, { name: 'Mean difference up to there' }],
    rows: comparisons.map(({ first, second, atEqualBudget: { matched, meanDifference } }) => [`${first} \u2192 ${second}`, count(matched.tokens), percent(matched.firstSolved), percent(matched.secondSolved),
      estimate(matched.difference, points), estimate(meanDifference, points)]),
  });
}

function budgetChart({ first, second, atEqualBudget }) {
  const lineOfArm = (arm, share) => ({
    name: arm, index: armIndex(arm), isBaseline: arm === report.baseline,
    points: atEqualBudget.points.map(point => ({ x: point.tokens, y: figure(point[share]), title: `${arm}: ${percent(point[share])} solved with ${count(point.tokens)} tokens` })),
  });
  return lineChart({
    name: 'budget', label: `Share solved by tokens allowed an episode: ${plain(first)} and ${plain(second)}.`, xLabel: 'Tokens allowed an episode',
    xTicks: atEqualBudget.points.map(point => point.tokens), xFormat: tokens => tokens >= 10000 ? `${Math.round(tokens / 1000)}k` : String(tokens),
    series: [lineOfArm(first, 'firstSolved'), lineOfArm(second, 'secondSolved')],
  });
}

function gainTable(splits) {
  return table({
    name: 'gains',
    caption: 'Where the gain over the first trial comes from',
    note: 'Trying again solves tasks by itself; only what goes beyond the retrying arm\u2019s gain is owed to reflecting. In points.',
    head: [{ name: 'Arm', text: true }, { name: 'Beside', text: true }, { name: 'Trials' }, { name: 'Whole gain' }, { name: 'Resampling' }, { name: 'Reflection' }],
    rows: splits.map(split => [split.reflecting, split.retrying, count(split.trials), estimate(split.total, points), estimate(split.resampling, points), estimate(split.reflection, points)]),
  });
}

function judgeTable(arms) {
  if (arms.length === 0) return null;
  return table({
    name: 'judge',
    caption: 'How far the agent\u2019s evaluator agrees with the held-out one',
    note: 'A false positive stops an agent too early; a false negative makes it spend for nothing.',
    head: [{ name: 'Arm', text: true }, { name: 'Trials' }, { name: 'Agreement' }, { name: 'Cohen\u2019s \u03BA' }, { name: 'False positive rate' }, { name: 'False negative rate' }],
    rows: arms.map(({ arm, judge }) => [arm, count(judge.counts.count), estimate(judge.agreement, percent), estimate(judge.kappa, decimal), estimate(judge.falsePositiveRate, percent), estimate(judge.falseNegativeRate, percent)]),
  });
}
