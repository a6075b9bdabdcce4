using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Reflexion.Testing;

namespace Reflexion.Tests;

public class ReflexionServiceCollectionExtensionsTests
{
    [Fact]
    public async Task An_agent_takes_what_it_is_not_told_from_the_container()
    {
        var chat = new ScriptedChatClient("Lyon", "Not Lyon.", "Paris");
        var memory = new InMemoryEpisodicMemory();
        using ServiceProvider services = new ServiceCollection()
            .AddSingleton<IChatClient>(chat)
            .AddSingleton<IEpisodicMemory>(memory)
            .AddSingleton<ITrajectoryEvaluator>(new DelegateEvaluator(Agents.Wants("Paris")))
            .AddReflexion()
            .BuildServiceProvider();

        Episode episode = await services.GetRequiredService<ReflexionAgent>().RunAsync(Agents.Question);

        episode.Success.Should().BeTrue();
        (await memory.ExportAsync()).Lessons.Should().ContainSingle();
        services.GetRequiredService<ReflexionAgent>().Memory.Should().BeSameAs(memory);
    }

    [Fact]
    public void Keyed_agents_have_their_own_names_options_and_services()
    {
        using ServiceProvider services = new ServiceCollection()
            .AddSingleton<IChatClient>(new ScriptedChatClient())
            .AddKeyedSingleton<IEpisodicMemory>("writer", new InMemoryEpisodicMemory())
            .AddReflexion("writer", builder => builder.UseEvaluator(Agents.Wants("x")))
            .AddReflexion("critic", builder => builder.UseEvaluator(Agents.Wants("y")))
            .Configure<ReflexionAgentOptions>("critic", options => options.MaxTrials = 7)
            .BuildServiceProvider();

        var writer = services.GetRequiredKeyedService<ReflexionAgent>("writer");
        var critic = services.GetRequiredKeyedService<ReflexionAgent>("critic");

        writer.Name.Should().Be("writer");
        critic.Name.Should().Be("critic");
        writer.Memory.Should().BeSameAs(services.GetRequiredKeyedService<IEpisodicMemory>("writer"));
        critic.Memory.Should().NotBeSameAs(writer.Memory);
        services.GetRequiredService<IOptionsMonitor<ReflexionAgentOptions>>().Get("critic").MaxTrials.Should().Be(7);
    }

    [Fact]
    public async Task Options_bound_from_configuration_are_validated_when_the_host_starts()
    {
        HostApplicationBuilder host = Host.CreateApplicationBuilder();
        host.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Reflexion:MaxTrials"] = "0", ["Reflexion:Name"] = " " });
        host.Services.Configure<ReflexionAgentOptions>(host.Configuration.GetSection("Reflexion"));
        host.Services.AddReflexion(builder => builder.UseChatClient(new ScriptedChatClient()).UseEvaluator(Agents.Wants("x")));
        using IHost app = host.Build();

        (await app.Invoking(it => it.StartAsync()).Should().ThrowAsync<OptionsValidationException>())
            .Which.Failures.Should().Equal(
                "Name is blank; give the agent a name, its lessons are filed under it.",
                "MaxTrials is 0; it lies in [1, 1000].");
    }

    [Fact]
    public async Task Options_set_on_the_builder_are_validated_when_the_host_starts_and_applied_once()
    {
        HostApplicationBuilder host = Host.CreateApplicationBuilder();
        host.Services.AddReflexion("bad", builder => builder.Configure(options => options.MaxTrials = 0));
        host.Services.AddReflexion("good", builder => builder.UseChatClient(new ScriptedChatClient()).UseEvaluator(Agents.Wants("x")).Configure(options => options.MaxTrials += 2));
        using IHost app = host.Build();

        (await app.Invoking(it => it.StartAsync()).Should().ThrowAsync<OptionsValidationException>())
            .Which.Failures.Should().Equal("MaxTrials is 0; it lies in [1, 1000].");
        app.Services.GetRequiredKeyedService<ReflexionAgent>("good");
        app.Services.GetRequiredService<IOptionsMonitor<ReflexionAgentOptions>>().Get("good").MaxTrials.Should().Be(7);
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        using ServiceProvider noModel = new ServiceCollection().AddReflexion(builder => builder.UseEvaluator(Agents.Wants("x"))).BuildServiceProvider();
        using ServiceProvider noEvaluator = new ServiceCollection().AddSingleton<IChatClient>(new ScriptedChatClient()).AddReflexion().BuildServiceProvider();

        noModel.Invoking(it => it.GetRequiredService<ReflexionAgent>()).Should().Throw<InvalidOperationException>().WithMessage("There is no IChatClient for the *UseChatClient*");
        noEvaluator.Invoking(it => it.GetRequiredService<ReflexionAgent>()).Should().Throw<InvalidOperationException>().WithMessage("*no evaluator*UseEvaluator*");
    }

    [Fact]
    public void Unsound_options_are_refused_with_every_fault()
    {
        ReflexionAgentBuilder builder = Agents.Answering("x").Configure(options =>
        {
            options.Strategy = (ReflexionStrategy)99;
            options.LessonBreadth = (LessonBreadth)99;
            options.MaxLessonsInPrompt = -1;
            options.MaxLessonCharacters = 99;
            options.Budget = null!;
        });

        builder.Invoking(it => it.Build()).Should().Throw<ArgumentException>()
            .WithMessage("*Strategy is 99*LessonBreadth is 99*MaxLessonsInPrompt is -1*MaxLessonCharacters is 99*Budget is null*");
    }

    [Fact]
    public async Task A_component_can_have_a_model_of_its_own()
    {
        var reflector = new ScriptedChatClient("Not Lyon.");
        ReflexionAgent agent = ReflexionAgent.CreateBuilder(new ScriptedChatClient("Lyon", "Paris"))
            .UseChatClientFor(AgentComponent.Reflector, reflector).UseEvaluator(Agents.Wants("Paris")).Build();

        Episode episode = await agent.RunAsync(Agents.Question);

        episode.Success.Should().BeTrue();
        reflector.Requests.Should().ContainSingle();
    }
}
