using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Reflexion.Testing;

namespace Reflexion.Tests;

public class HostingScenarioTests
{
    [Fact]
    public async Task Two_agents_configured_from_one_file_work_with_their_own_models_and_share_a_memory()
    {
        using ScriptedChatClient cheap = new ScriptedChatClient().Otherwise("Lyon"), strong = new("Paris");
        HostApplicationBuilder host = Host.CreateApplicationBuilder();
        host.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Agents:scout:MaxTrials"] = "2",
            ["Agents:scout:Strategy"] = "LastAttemptAndReflexion",
            ["Agents:scout:ReflectAfterLastTrial"] = "true",
            ["Agents:scout:Budget:MaxModelCalls"] = "3",
            ["Agents:boss:LessonBreadth"] = "Tenant",
        });
        host.Services.Configure<ReflexionAgentOptions>("scout", host.Configuration.GetSection("Agents:scout"));
        host.Services.Configure<ReflexionAgentOptions>("boss", host.Configuration.GetSection("Agents:boss"));
        host.Services.AddKeyedSingleton<IChatClient>("scout", cheap);
        host.Services.AddSingleton<IChatClient>(strong);
        host.Services.AddSingleton<IEpisodicMemory>(new InMemoryEpisodicMemory());
        host.Services.AddSingleton<ITrajectoryEvaluator>(new DelegateEvaluator(Agents.Wants("Paris")));
        host.Services.AddReflexion("scout", builder => builder.UseReflector(_ => new DelegateReflector(_ => "Lyon is not it.")));
        host.Services.AddReflexion("boss");
        using IHost app = host.Build();
        await app.StartAsync();

        Episode scouted = await app.Services.GetRequiredKeyedService<ReflexionAgent>("scout").RunAsync(Agents.Question);
        Episode solved = await app.Services.GetRequiredKeyedService<ReflexionAgent>("boss").RunAsync(Agents.Question);

        scouted.Trials.Should().HaveCount(2);
        scouted.Strategy.Should().Be(ReflexionStrategy.LastAttemptAndReflexion);
        solved.Trials.Should().ContainSingle().Which.RecalledLessonIds.Should().ContainSingle("the boss looks at the whole tenant");
        strong.LastRequest.Contains("Lyon is not it.").Should().BeTrue();
        await app.StopAsync();
    }

    [Theory]
    [InlineData("MaxTrials", "0")]
    [InlineData("MaxLessonsInPrompt", "101")]
    [InlineData("Strategy", "17")]
    [InlineData("Budget:MaxTokens", "0")]
    [InlineData("MaxLessonCharacters", "99")]
    public async Task A_keyed_agent_with_a_bad_option_stops_the_host_at_the_start_and_names_it(string name, string value)
    {
        HostApplicationBuilder host = Host.CreateApplicationBuilder();
        host.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { [$"Agent:{name}"] = value });
        host.Services.Configure<ReflexionAgentOptions>("scout", host.Configuration.GetSection("Agent"));
        host.Services.AddReflexion("scout", builder => builder.UseChatClient(new ScriptedChatClient()).UseEvaluator(Agents.Wants("x")));
        using IHost app = host.Build();

        (await FluentActions.Awaiting(() => app.StartAsync()).Should().ThrowAsync<OptionsValidationException>())
            .Which.Message.Should().Contain(name.Split(':')[^1]);
    }

    [Fact]
    public void An_agent_without_an_evaluator_says_what_is_missing()
    {
        using ServiceProvider services = new ServiceCollection().AddSingleton<IChatClient>(new ScriptedChatClient()).AddReflexion().BuildServiceProvider();

        FluentActions.Invoking(services.GetRequiredService<ReflexionAgent>).Should().Throw<InvalidOperationException>().WithMessage("*evaluator*");
    }
}
