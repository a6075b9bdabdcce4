using Reflexion.Testing;

namespace Reflexion.Tests;

public sealed class AgentDomainTests
{
    private static readonly DomainTask Capital = new(new AgentTask("capital", "What is the capital of Australia?")) { References = ["Canberra"] };

    [Fact]
    public async Task A_domain_sets_what_it_decides_and_its_references_reach_the_evaluator()
    {
        var domain = new Capitals();
        ReflexionAgent agent = ReflexionAgent.CreateBuilder(new ScriptedChatClient("Sydney", "Canberra")).UseDomain(domain)
            .Configure(options => options.Strategy = ReflexionStrategy.Retry).Build();

        Episode episode = await agent.RunAsync(domain.Tasks[0]);

        episode.Success.Should().BeTrue();
        episode.Trials.Should().HaveCount(2);
    }

    [Fact]
    public async Task What_is_called_after_the_domain_wins()
    {
        var domain = new Capitals();
        ReflexionAgent agent = ReflexionAgent.CreateBuilder(new ScriptedChatClient("Sydney")).UseDomain(domain).Configure(options => options.MaxTrials = 1).Build();

        Episode episode = await agent.RunAsync(domain.Tasks[0]);

        episode.Trials.Should().ContainSingle();
    }

    [Fact]
    public async Task References_of_the_run_are_kept_beside_those_of_the_task()
    {
        var domain = new Capitals();
        ReflexionAgent agent = ReflexionAgent.CreateBuilder(new ScriptedChatClient("Kamberra")).UseDomain(domain).Build();

        Episode episode = await agent.RunAsync(domain.Tasks[0], new EpisodeOptions { References = ["Kamberra"], EpisodeId = "e1" });

        episode.Success.Should().BeTrue();
        episode.Id.Should().Be("e1");
    }

    [Fact]
    public async Task A_run_on_a_task_of_a_domain_can_be_watched()
    {
        var domain = new Capitals();
        ReflexionAgent agent = ReflexionAgent.CreateBuilder(new ScriptedChatClient("Canberra")).UseDomain(domain).Build();
        var events = new List<AgentEvent>();

        await foreach (AgentEvent happened in agent.RunStreamingAsync(domain.Tasks[0]))
        {
            events.Add(happened);
        }

        events[^1].Should().BeOfType<EpisodeEnded>().Which.Episode.Success.Should().BeTrue();
    }

    [Fact]
    public void Uninitialised_references_are_none() =>
        (Capital with { References = default }).References.Should().BeEmpty();

    private sealed class Capitals : IAgentDomain
    {
        public string Name => "capitals";

        public IReadOnlyList<DomainTask> Tasks { get; } = [Capital];

        public void Configure(ReflexionAgentBuilder builder) =>
            builder.UseEvaluator(new ExactMatchEvaluator()).Configure(options => options.MaxTrials = 2);
    }
}
