namespace Reflexion.Tests;

public sealed class ExperimentBuilderTests
{
    [Fact]
    public void Arms_are_all_combinations_and_those_added()
    {
        Experiment experiment = Experiment.CreateBuilder("arms").AddTasks(ExperimentSamples.Tasks(1))
            .AddModel("small", Sums.Model()).AddModel("large", Sums.Model())
            .AddStrategies(ReflexionStrategy.Retry, ReflexionStrategy.LastAttempt)
            .AddVariant("terse", _ => { })
            .AddArm("odd one", agent => agent.UseChatClient(Sums.Model()).Configure(options => options.Strategy = ReflexionStrategy.LastAttemptAndReflexion))
            .ConfigureAgents(agent => agent.UseEvaluator(new ExactMatchEvaluator())).Build();

        experiment.Arms.Select(arm => $"{arm.Name} {arm.Strategy} {arm.Model} {arm.Variant}").Should().Equal(
            "small+Retry+terse Retry small terse",
            "small+LastAttempt+terse LastAttempt small terse",
            "large+Retry+terse Retry large terse",
            "large+LastAttempt+terse LastAttempt large terse",
            "odd one LastAttemptAndReflexion  ");
        experiment.Name.Should().Be("arms");
        experiment.Seeds.Should().Equal(0);
        experiment.Options.MaxConcurrency.Should().Be(4);
    }

    [Fact]
    public void What_is_missing_or_doubled_is_refused_before_anything_is_paid_for()
    {
        Refused(Experiment.CreateBuilder("e").AddTasks(ExperimentSamples.Tasks(1)), "The experiment has no arm; call AddModel, AddStrategies, AddVariant or AddArm.");
        Refused(Experiment.CreateBuilder("e").AddVariant("v", _ => { }), "The experiment has no task; call UseDomain, AddTasks or AddTask.");
        Refused(Sums.Builder(Sums.Model()).UseSeeds(), "The experiment has no seed; call UseSeeds.");
        Refused(Sums.Builder(Sums.Model()).UseSeeds(1, 1), "The experiment has the seed '1' twice; each may be there once.");
        Refused(Sums.Builder(Sums.Model()).AddTasks(ExperimentSamples.Tasks(1)), "The experiment has the task 't00' twice; each may be there once.");
        Refused(Sums.Builder(Sums.Model()).AddModel("adder", Sums.Model()), "The experiment has the arm 'adder+Retry' twice; each may be there once.");
        Refused(Experiment.CreateBuilder("e").AddTasks(ExperimentSamples.Tasks(1)).AddVariant("v", agent => agent.UseChatClient(Sums.Model())), "The agent of arm 'v' cannot be built: Agent 'reflexion' has no evaluator*");
        FluentActions.Invoking(() => Experiment.CreateBuilder(" ")).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => Experiment.CreateBuilder("e").AddModel("m", Sums.Model(), new() { CallsPerMinute = 0 })).Should().Throw<ArgumentOutOfRangeException>();
    }

    private static void Refused(ExperimentBuilder builder, string message) =>
        FluentActions.Invoking(() => builder.Build()).Should().Throw<InvalidOperationException>().WithMessage(message);
}
