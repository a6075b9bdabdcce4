using System.Globalization;
using Reflexion.Retroformer;
using Xunit.Abstractions;

namespace Reflexion.Tests;

/// <summary>A provider whose lessons differ in usefulness: what choosing costs against the best arm, by policy, through the real loop.</summary>
public sealed class SelectorRegretScenarioTests(ITestOutputHelper output)
{
    private const int Episodes = 2_000;
    private const int Candidates = 3;

    private static readonly int[] Marks = [100, 250, 500, 1_000, 1_500, Episodes];

    [Fact]
    public async Task The_selector_regrets_less_than_choosing_uniformly_and_than_always_reflecting()
    {
        double[] selector = await PlayAsync(new() { Learning = new() { Seed = 1 } });
        double[] ungated = await PlayAsync(new() { Learning = new() { Seed = 1, HeldOutShare = 0 } });
        double[] uniform = await PlayAsync(new() { Learning = new() { Seed = 1, Exploration = 1 } });
        double[] always = await PlayAsync(null);

        output.WriteLine($"regret after      {string.Join("", Marks.Select(mark => $"{mark,8}"))}   per episode of the last 500");
        Print("selector", selector);
        Print("without a gate", ungated);
        Print("uniform", uniform);
        Print("always reflect", always);

        Sum(selector).Should().BeLessThan(0.6 * Sum(uniform)).And.BeLessThan(0.6 * Sum(always));
        Sum(ungated).Should().BeLessThan(0.5 * Sum(uniform));
        Late(selector).Should().BeLessThan(0.5 * Late(uniform)).And.BeLessThan(0.5 * Late(always));
    }

    private static async Task<double[]> PlayAsync(SelectorOptions? options)
    {
        var world = new LessonProvider(seed: 11);
        int episode = 0;
        ReflexionAgentBuilder builder = ReflexionAgent.CreateBuilder(world.Actor())
            .UseReflector(new DelegateReflector(_ => (string?)null))
            .UseEpisodeIds(() => $"e{++episode}")
            .Configure(agent => agent.MaxTrials = 2);
        ReflexionAgent agent = options is null
            ? builder.UseRetrospectiveModel(new LlmRetrospectiveModel(world.Writer())).UseEvaluator(LessonProvider.Judge)
                .Configure(agent => agent.Strategy = ReflexionStrategy.Retrospective).Build()
            : builder.UseSelector(new SelectorRetrospectiveModel(world.Writer(), options with { Candidates = Candidates }), LessonProvider.Judge).Build();

        double[] regrets = new double[Episodes];
        for (int i = 0; i < Episodes; i++)
        {
            AgentTask task = LessonProvider.Task(i);
            Episode played = (await agent.RunAsync(task)).EnsureNotFailed();
            played.Trials.Should().HaveCount(2);
            regrets[i] = world.BestOf(task, Candidates) - LessonProvider.WorthOf(played.Trials[1].Prompt.ToString());
        }

        return regrets;
    }

    private static double Sum(double[] regrets) => regrets.Sum();

    private static double Late(double[] regrets) => regrets[^500..].Average();

    private void Print(string name, double[] regrets) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{name,-18}{string.Join("", Marks.Select(mark => string.Create(CultureInfo.InvariantCulture, $"{regrets[..mark].Sum(),8:0.0}")))}   {Late(regrets):0.000}"));
}
