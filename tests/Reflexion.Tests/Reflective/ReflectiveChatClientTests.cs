using Microsoft.Extensions.AI;
using Reflexion.Testing;

namespace Reflexion.Tests;

public class ReflectiveChatClientTests
{
    private static readonly ChatMessage[] Conversation =
    [
        new(ChatRole.System, "Be brief."),
        new(ChatRole.User, "Hello."),
        new(ChatRole.Assistant, "Hello!"),
        new(ChatRole.User, "What is the capital of France?"),
    ];

    [Fact]
    public async Task A_failed_response_is_asked_for_again_with_a_lesson_after_the_last_user_message()
    {
        var model = new ScriptedChatClient("Lyon", "Do not say Lyon; think of the Seine.", "Paris");
        using IChatClient chat = Reflective(model);

        ChatResponse response = await chat.GetResponseAsync(Conversation);

        response.Text.Should().Be("Paris");
        response.GetEpisode()!.Trials.Should().HaveCount(2);
        model.Requests[0].Messages.Select(message => message.Text).Should().Equal(Conversation.Select(message => message.Text));
        model.Requests[2].Messages.Take(4).Select(message => message.Text).Should().Equal(Conversation.Select(message => message.Text));
        model.Requests[2].Messages[4].Role.Should().Be(ChatRole.User);
        model.Requests[2].Last.Should().Contain("think of the Seine");
    }

    [Fact]
    public async Task The_response_carries_the_usage_of_the_whole_episode()
    {
        var model = new ScriptedChatClient("Lyon", "Not Lyon.", "Paris");
        using IChatClient chat = Reflective(model);

        ChatResponse response = await chat.GetResponseAsync(Conversation);

        TokenUsage used = response.GetEpisode()!.Usage.Total.Tokens;
        response.Usage!.InputTokenCount.Should().Be(used.InputTokens);
        response.Usage.OutputTokenCount.Should().Be(used.OutputTokens);
        response.Usage.TotalTokenCount.Should().Be(used.TotalTokens);
        response.GetEpisode()!.Usage.Total.Calls.Should().Be(3);
    }

    [Fact]
    public async Task Streaming_yields_the_best_response_and_the_episode()
    {
        using IChatClient chat = Reflective(new ScriptedChatClient("Lyon", "Not Lyon.", "Paris"));

        ChatResponse response = await chat.GetStreamingResponseAsync(Conversation).ToChatResponseAsync();

        response.Text.Should().Be("Paris");
        response.GetEpisode()!.Success.Should().BeTrue();
    }

    [Fact]
    public async Task The_best_response_is_returned_where_none_passes()
    {
        using IChatClient chat = new ScriptedChatClient("aa", "L1.", "aaaa", "L2.", "a").WithReflexion(builder => builder
            .UseEvaluator(context => TrajectoryEvaluation.Failed("Longer.", context.Trajectory.Answer!.Length / 10.0))
            .Configure(options => options.MaxTrials = 3));

        ChatResponse response = await chat.GetResponseAsync(Conversation);

        response.Text.Should().Be("aaaa");
        response.GetEpisode()!.StopReason.Should().Be(StopReason.TrialLimit);
    }

    [Fact]
    public async Task A_tool_call_is_handed_on_unjudged_and_the_final_answer_is_judged()
    {
        int judged = 0;
        var model = new ScriptedChatClient()
            .Then(_ => new ChatResponse(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("c1", "map")])))
            .Then("Lyon").Then("Not Lyon.").Then("Paris");
        using IChatClient chat = model.WithReflexion(builder => builder.UseEvaluator(context =>
        {
            judged++;
            return Agents.Wants("Paris")(context);
        }));

        ChatResponse call = await chat.GetResponseAsync(Conversation);
        ChatMessage[] withResult = [.. Conversation, .. call.Messages, new(ChatRole.Tool, [new FunctionResultContent("c1", "a map")])];
        ChatResponse answer = await chat.GetResponseAsync(withResult);

        call.GetEpisode()!.StopReason.Should().Be(StopReason.AwaitsTools);
        call.GetEpisode()!.Trials.Should().ContainSingle().Which.Evaluation.Should().BeNull();
        call.Messages[0].Contents.Should().ContainSingle().Which.Should().BeOfType<FunctionCallContent>();
        answer.Text.Should().Be("Paris");
        judged.Should().Be(2);
        model.Requests[3].Messages[4].Text.Should().Contain("Not Lyon.", "the lesson stands after the user's question, before the tool call");
        model.Requests[3].Messages[^1].Role.Should().Be(ChatRole.Tool);
    }

    [Fact]
    public async Task The_same_request_finds_its_lessons_again()
    {
        var model = new ScriptedChatClient("Lyon", "Not Lyon.", "Paris", "Paris");
        using IChatClient chat = Reflective(model);
        await chat.GetResponseAsync(Conversation);

        await chat.GetResponseAsync(Conversation);

        model.Requests[3].Last.Should().Contain("Not Lyon.");
    }

    [Fact]
    public async Task Each_request_may_have_a_tenant_of_its_own()
    {
        var model = new ScriptedChatClient("Lyon", "Not Lyon.", "Paris", "Paris", "Paris");
        using IChatClient chat = model.WithReflexion(
            builder => builder.UseEvaluator(Agents.Wants("Paris")),
            options => new() { Tenant = options?.AdditionalProperties?["tenant"] as string ?? "" });

        await chat.GetResponseAsync(Conversation, Of("a"));
        await chat.GetResponseAsync(Conversation, Of("b"));
        await chat.GetResponseAsync(Conversation, Of("a"));

        model.Requests[3].Text.Should().NotContain("Not Lyon.");
        model.Requests[4].Text.Should().Contain("Not Lyon.");

        static ChatOptions Of(string tenant) => new() { AdditionalProperties = new() { ["tenant"] = tenant } };
    }

    [Fact]
    public async Task A_stop_before_there_is_a_response_is_a_cancellation()
    {
        using IChatClient chat = new ScriptedChatClient("Paris").WithReflexion(
            builder => builder.UseEvaluator(Agents.Wants("Paris")), _ => new() { StopToken = new(canceled: true) });

        await chat.Invoking(it => it.GetResponseAsync(Conversation)).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task The_clients_own_response_is_left_as_it_was()
    {
        var own = new ChatResponse(new ChatMessage(ChatRole.Assistant, "Paris")) { ResponseId = "r1", FinishReason = ChatFinishReason.Stop, AdditionalProperties = new() { ["mark"] = 1 } };
        using IChatClient chat = new ScriptedChatClient().Then(_ => own).WithReflexion(builder => builder.UseEvaluator(Agents.Wants("Paris")));

        ChatResponse response = await chat.GetResponseAsync(Conversation);

        own.GetEpisode().Should().BeNull();
        response.GetEpisode().Should().NotBeNull();
        (response.ResponseId, response.FinishReason, response.AdditionalProperties!["mark"]).Should().Be(("r1", ChatFinishReason.Stop, 1));
    }

    [Fact]
    public async Task A_conversation_stored_by_the_service_is_passed_through()
    {
        var model = new ScriptedChatClient("Lyon", "Lyon");
        using IChatClient chat = Reflective(model);
        var options = new ChatOptions { ConversationId = "thread" };

        (await chat.GetResponseAsync(Conversation, options)).GetEpisode().Should().BeNull();
        (await chat.GetStreamingResponseAsync(Conversation, options).ToChatResponseAsync()).Text.Should().Be("Lyon");
        model.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_model_that_fails_throws_its_own_exception()
    {
        using IChatClient chat = Reflective(new ScriptedChatClient().Then(_ => throw new HttpRequestException("gone")));

        await chat.Invoking(it => it.GetResponseAsync(Conversation)).Should().ThrowAsync<HttpRequestException>().WithMessage("gone");
    }

    [Fact]
    public async Task A_budget_that_covers_no_call_is_an_exception()
    {
        using IChatClient chat = new ScriptedChatClient("Paris").WithReflexion(builder => builder
            .UseEvaluator(Agents.Wants("Paris")).Configure(options => options.Budget = new() { MaxTokens = 10 }));

        await chat.Invoking(it => it.GetResponseAsync(Conversation)).Should().ThrowAsync<BudgetExhaustedException>();
    }

    [Fact]
    public async Task A_response_that_came_before_a_failure_is_returned()
    {
        using IChatClient chat = Reflective(new ScriptedChatClient("Lyon", "Not Lyon.").Then(_ => throw new HttpRequestException("gone")));

        (await chat.GetResponseAsync(Conversation)).Text.Should().Be("Lyon");
    }

    [Fact]
    public async Task A_request_without_text_or_user_message_works()
    {
        using IChatClient chat = Reflective(new ScriptedChatClient("Paris", "Paris"));

        (await chat.GetResponseAsync([new(ChatRole.User, [new DataContent(new byte[] { 1 }, "image/png")])])).Text.Should().Be("Paris");
        (await chat.GetResponseAsync([new(ChatRole.System, "Speak.")])).Text.Should().Be("Paris");
    }

    [Fact]
    public async Task Without_a_user_message_the_lesson_comes_after_the_conversation()
    {
        var model = new ScriptedChatClient("Lyon", "Not Lyon.", "Paris");
        using IChatClient chat = Reflective(model);

        await chat.GetResponseAsync([new(ChatRole.System, "Name the capital of France.")]);

        model.Requests[2].Messages.Select(message => message.Role).Should().Equal(ChatRole.System, ChatRole.User);
    }

    [Fact]
    public async Task A_held_out_evaluator_does_not_judge_a_tool_call_either()
    {
        int judged = 0;
        var model = new ScriptedChatClient()
            .Then(_ => new ChatResponse(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("c1", "map")])));
        using IChatClient chat = model.WithReflexion(builder => builder.UseEvaluator(Agents.Wants("Paris"))
            .UseHeldOutEvaluator(new DelegateEvaluator(_ =>
            {
                judged++;
                return TrajectoryEvaluation.Failed("No answer.");
            })));

        await chat.GetResponseAsync(Conversation);

        judged.Should().Be(0);
    }

    [Fact]
    public void The_agent_and_the_inner_client_can_be_asked_for()
    {
        var model = new ScriptedChatClient();
        using IChatClient chat = Reflective(model);

        chat.GetService(typeof(ReflexionAgent)).Should().BeOfType<ReflexionAgent>();
        chat.GetService(typeof(ScriptedChatClient)).Should().BeSameAs(model);
    }

    private static IChatClient Reflective(IChatClient model) => model.WithReflexion(builder => builder
        .UseEvaluator(Agents.Wants("Paris"))
        .UseReflector(context => new LlmSelfReflector(context.ChatClientOf(AgentComponent.Reflector), new() { Format = ReflectorFormat.Plain })));
}
