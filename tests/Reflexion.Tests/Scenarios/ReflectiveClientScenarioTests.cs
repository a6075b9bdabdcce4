using Microsoft.Extensions.AI;
using Reflexion.Testing;

namespace Reflexion.Tests;

public class ReflectiveClientScenarioTests
{
    private static readonly ChatMessage[] Conversation = [new(ChatRole.System, "Be brief."), new(ChatRole.User, "What is the capital of France?")];

    [Fact]
    public async Task An_app_gets_the_answer_that_passed_with_the_usage_of_all_trials()
    {
        using var model = new ScriptedChatClient("Lyon", """{"lesson":"Not the second city."}""", "Paris");
        using IChatClient client = Reflective(model);

        ChatResponse response = await client.GetResponseAsync(Conversation, new() { Temperature = 0.5f });

        response.Text.Should().Be("Paris");
        Episode episode = response.GetEpisode()!;
        episode.Trials.Should().HaveCount(2);
        response.Usage!.TotalTokenCount.Should().Be(episode.Usage.Total.Tokens.TotalTokens);
        model.Requests[2].Contains("Not the second city.").Should().BeTrue();
        model.Requests[2].System.Should().Contain("Be brief.").And.NotContain("second city");
        model.Requests[2].Options!.Temperature.Should().Be(0.5f);
    }

    [Fact]
    public async Task Streaming_shows_only_the_response_that_passed_and_carries_its_episode()
    {
        using var model = new ScriptedChatClient("Lyon is it", """{"lesson":"Not the second city."}""", "It is Paris");
        using IChatClient client = model.WithReflexion(builder => builder.UseEvaluator(Agents.Wants("It is Paris")));

        ChatResponse response = await client.GetStreamingResponseAsync(Conversation).ToChatResponseAsync();

        response.Text.Should().Be("It is Paris");
        response.GetEpisode()!.Success.Should().BeTrue();
        response.GetEpisode()!.Trials.Should().HaveCount(2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_response_that_calls_tools_is_handed_on_unjudged_and_the_final_one_is_judged(bool streams)
    {
        var tool = AIFunctionFactory.Create(() => "rain", "weather");
        using ScriptedChatClient model = new ScriptedChatClient().ThenCall("weather").Then("Sun").Then("""{"lesson":"Believe the tool."}""").Then("Paris");
        int judged = 0;
        using IChatClient client = model.WithReflexion(builder => builder.UseEvaluator(context =>
        {
            judged++;
            return Agents.Wants("Paris")(context);
        }));
        var options = new ChatOptions { Tools = [tool] };

        ChatResponse call = await AskAsync(client, Conversation, options, streams);
        int judgedAtTheCall = judged;
        FunctionCallContent content = call.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().Single();
        ChatResponse final = await AskAsync(client, [.. Conversation, .. call.Messages, new(ChatRole.Tool, [new FunctionResultContent(content.CallId, "rain")])], options, streams);

        judgedAtTheCall.Should().Be(0);
        judged.Should().Be(2);
        final.Text.Should().Be("Paris");
        model.Requests[^1].FunctionResults.Should().ContainSingle();
        model.Requests[^1].Contains("Believe the tool.").Should().BeTrue();
        options.Tools.Should().ContainSingle();
    }

    [Fact]
    public async Task Where_no_response_passes_the_best_one_is_returned()
    {
        using ScriptedChatClient model = new("a", "bbb", "cc");
        using IChatClient client = model.WithReflexion(builder => builder
            .UseEvaluator(context => new(context.Trajectory.Answer!.Length / 10.0, false, "Longer."))
            .UseReflector(_ => new DelegateReflector(_ => "Write more."))
            .Configure(options => options.MaxTrials = 3));

        (await client.GetResponseAsync(Conversation)).Text.Should().Be("bbb");
    }

    [Fact]
    public async Task A_reflective_client_serves_many_conversations_at_once_without_mixing_them()
    {
        using ScriptedChatClient model = new ScriptedChatClient { KeepsRequests = false }
            .Otherwise(request => request.Contains("again, harder") ? $"right {Number(request)}" : $"wrong {Number(request)}");
        using IChatClient client = model.WithReflexion(builder => builder
            .UseEvaluator(context => context.Trajectory.Answer!.StartsWith("right", StringComparison.Ordinal) ? TrajectoryEvaluation.Passed() : TrajectoryEvaluation.Failed("No."))
            .UseReflector(_ => new DelegateReflector(_ => "Think again, harder.")));

        ChatResponse[] responses = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() =>
            client.GetResponseAsync([new ChatMessage(ChatRole.User, $"Question #{i}#")]))));

        responses.Select(response => response.Text).Should().Equal(Enumerable.Range(0, 200).Select(i => $"right {i}"));
    }

    private static string Number(ScriptedRequest request) => request.Text.Split('#')[1];

    private static IChatClient Reflective(IChatClient model) => model.WithReflexion(builder => builder.UseEvaluator(Agents.Wants("Paris")));

    private static Task<ChatResponse> AskAsync(IChatClient client, IEnumerable<ChatMessage> messages, ChatOptions options, bool streams) =>
        streams ? client.GetStreamingResponseAsync(messages, options).ToChatResponseAsync() : client.GetResponseAsync(messages, options);
}
