using System.Collections.Immutable;
using Reflexion.Environments;
using Reflexion.Testing;

namespace Reflexion.Tests;

/// <summary>The paper's loop from end to end, with a scripted model.</summary>
public sealed class ProgrammingDomainTests
{
    private const string Secret = "77";

    private static readonly ProgrammingProblem _problem = new() { Id = "n", Language = "stub", Prompt = "a number", EntryPoint = "n", HiddenTest = Secret, Difficulty = "easy" };

    [Fact]
    public async Task The_agent_tests_reflects_and_improves_and_the_hidden_test_only_measures()
    {
        using ScriptedChatClient client = Model(["5", "80"], "10\n20");

        Episode episode = await RunAsync(client);

        episode.StopReason.Should().Be(StopReason.Success);
        episode.Answer.Should().Be("80");
        episode.Trials.Select(trial => (trial.Evaluation!.Success, trial.HeldOutEvaluation!.Success)).Should().Equal((false, false), (true, true));
        episode.Trials[0].Evaluation!.Feedback.Should().Be("0 of 2 unit tests passed.\nFailed:\n10  ; actual: 5\n20  ; actual: 5");
        episode.Trials[0].Evaluation!.Evidence.Should().Equal("10  ; actual: 5", "20  ; actual: 5");
        episode.Trials[1].Evaluation!.Feedback.Should().Be("2 of 2 unit tests passed.\nPassed:\n10\n20");
    }

    [Fact]
    public async Task The_tests_are_written_once_an_episode_and_paid_by_its_budget()
    {
        using ScriptedChatClient client = Model(["5", "6", "80"], "10");

        Episode episode = await RunAsync(client);

        client.Requests.Count(IsForTests).Should().Be(1);
        episode.Usage.ByComponent[AgentComponent.Evaluator].Calls.Should().Be(1);
    }

    [Fact]
    public async Task The_last_program_its_results_and_the_lesson_are_in_the_next_prompt()
    {
        using ScriptedChatClient client = Model(["5", "80"], "10");

        await RunAsync(client);

        ScriptedRequest second = client.Requests.Where(IsForProgram).ElementAt(1);
        second.Contains("Answer: 5").Should().BeTrue();
        second.Contains("10  ; actual: 5").Should().BeTrue();
        second.Contains("Aim higher.").Should().BeTrue();
    }

    [Fact]
    public async Task The_hidden_test_reaches_no_prompt_and_no_lesson()
    {
        using ScriptedChatClient client = Model(["5", "6", "7", "80"], "10");

        Episode episode = await RunAsync(client);

        client.Requests.Should().NotContain(request => request.Contains(Secret));
        episode.Trials.Select(trial => trial.Evaluation!.Feedback).Should().NotContain(feedback => feedback.Contains(Secret, StringComparison.Ordinal));
        episode.Task.ToString().Should().NotContain(Secret);
    }

    [Fact]
    public async Task A_program_without_usable_tests_is_not_solved_and_tests_are_asked_for_again()
    {
        using ScriptedChatClient client = Model(["80", "80"], "none", "10");

        Episode episode = await RunAsync(client);

        episode.Trials[0].Evaluation!.Should().BeEquivalentTo(new
        {
            Score = 0.0,
            Success = false,
            Feedback = "The program was not tested: none of the unit tests written for it could be used. A program without tests does not count as solved.",
        });
        episode.Trials[0].HeldOutEvaluation!.Success.Should().BeTrue();
        episode.Trials[1].Evaluation!.Success.Should().BeTrue();
    }

    [Fact]
    public async Task A_reply_without_code_and_a_program_that_does_not_compile_fail_with_the_reason()
    {
        using ScriptedChatClient client = Model(["no code here", "broken", "80"], "10");

        Episode episode = await RunAsync(client);

        episode.Trials[0].Evaluation!.Feedback.Should().Be("The reply holds no program. Reply with one fenced block of Stub code.");
        episode.Trials[0].HeldOutEvaluation!.Feedback.Should().Be("The reply holds no program.");
        episode.Trials[1].Evaluation!.Feedback.Should().Be("It does not compile.");
        episode.Trials[1].HeldOutEvaluation!.Feedback.Should().Be("The hidden test does not pass. It does not compile.");
    }

    [Fact]
    public async Task Episodes_at_once_keep_their_tests_apart()
    {
        using ScriptedChatClient client = new ScriptedChatClient()
            .When(request => IsForTests(request) && request.Contains("first number"), "10")
            .When(request => IsForTests(request) && request.Contains("second number"), "100")
            .Otherwise("50");
        var domain = new ProgrammingDomain([_problem with { Id = "a", Prompt = "first number" }, _problem with { Id = "b", Prompt = "second number" }], [new StubLanguage()], new() { MaxTrials = 2 });
        ReflexionAgent agent = ReflexionAgent.CreateBuilder(client).UseDomain(domain).Build();

        Episode[] episodes = await Task.WhenAll(Enumerable.Range(0, 20).Select(index => agent.RunAsync(domain.Tasks[index % 2])));

        episodes.Select(episode => episode.Success).Should().Equal(Enumerable.Range(0, 20).Select(index => index % 2 == 0));
    }

    [Fact]
    public void Defaults_are_the_papers()
    {
        ProgrammingOptions options = new();

        options.Should().BeEquivalentTo(new { Strategy = ReflexionStrategy.LastAttemptAndReflexion, MaxTrials = 10, MaxLessonsInPrompt = 1, MaxTests = 6 });
    }

    [Theory]
    [InlineData(6, "1,2,4,6,8,10")]
    [InlineData(1, "1")]
    [InlineData(10, "1,2,3,4,5,6,7,8,9,10")]
    [InlineData(2, "1,10")]
    public void Of_too_many_tests_some_are_taken_evenly(int most, string taken) =>
        SelfTests.Capped([.. Enumerable.Range(1, 10).Select(number => $"{number}")], most).Should().Equal(taken.Split(','));

    [Fact]
    public void What_is_not_sound_is_refused_at_the_door()
    {
        Action twice = () => _ = new ProgrammingDomain([_problem, _problem], [new StubLanguage()]);
        Action twoLanguages = () => _ = new ProgrammingDomain([_problem], [new StubLanguage(), new StubLanguage()]);
        Action noTests = () => _ = new ProgrammingDomain([_problem], [new StubLanguage()], new() { MaxTests = 0 });

        Action none = () => _ = new ProgrammingDomain([], [new StubLanguage()]);

        none.Should().Throw<ArgumentException>().WithMessage("There are no problems.*");
        twice.Should().Throw<ArgumentException>().WithMessage("The problem 'n' is given 2 times; each problem is given once.*");
        twoLanguages.Should().Throw<ArgumentException>().WithMessage("The language 'stub' is given 2 times; each language is given once.*");
        noTests.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public async Task A_task_of_another_domain_is_named()
    {
        using ScriptedChatClient client = new ScriptedChatClient().Otherwise("80");
        ReflexionAgent agent = ReflexionAgent.CreateBuilder(client).UseDomain(Domain()).Build();

        Episode episode = await agent.RunAsync("something else");

        episode.Failure!.Exception.Message.Should().EndWith("is none of the domain's problems; run the agent on ProgrammingDomain.Tasks.");
    }

    internal static bool IsForTests(ScriptedRequest request) => request.Contains("unit tests before the code exists");

    internal static bool IsForProgram(ScriptedRequest request) => request.Contains("write the whole function");

    private static ProgrammingDomain Domain() => new([_problem], [new StubLanguage()]);

    private static async Task<Episode> RunAsync(ScriptedChatClient client)
    {
        ProgrammingDomain domain = Domain();
        return (await ReflexionAgent.CreateBuilder(client).UseDomain(domain).Build().RunAsync(domain.Tasks[0])).EnsureNotFailed();
    }

    private static ScriptedChatClient Model(string[] programs, params string[] tests)
    {
        var nextProgram = new Queue<string>(programs);
        var nextTests = new Queue<string>(tests);
        return new ScriptedChatClient()
            .When(IsForTests, _ => ScriptedReply.Text(nextTests.Dequeue()))
            .When(IsForProgram, _ => ScriptedReply.Text(nextProgram.Dequeue()))
            .Otherwise("""{"root_cause": "too low", "plan": "higher", "lesson": "Aim higher."}""");
    }
}
