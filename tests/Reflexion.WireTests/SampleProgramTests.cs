using Reflexion.Samples;
using Reflexion.Testing;

namespace Reflexion.Tests;

public class SampleProgramTests
{
    [Fact]
    public async Task A_sample_that_is_stopped_while_it_loads_its_tasks_ends_quietly()
    {
        using var ctrlC = new CancellationTokenSource();
        var sample = new DomainSample("A sample.")
        {
            Open = async (_, stop) =>
            {
                await ctrlC.CancelAsync();
                await Task.Delay(Timeout.Infinite, stop);
                throw new InvalidOperationException("It should have been stopped.");
            },
            Scripted = _ => new ScriptedChatClient(),
        };

        (await sample.RunAsync([], ctrlC.Token)).Should().Be(130);
    }

    [Fact]
    public async Task What_is_cancelled_for_another_reason_is_no_interruption() =>
        await FluentActions.Awaiting(() => SampleProgram.RunAsync(_ => throw new TaskCanceledException("The download took too long."))).Should().ThrowAsync<TaskCanceledException>();

    [Fact]
    public async Task A_wrong_command_line_ends_with_2() => (await SampleProgram.RunAsync(_ => throw new UsageException("There is no such option."))).Should().Be(2);

    [Fact]
    public async Task What_a_sample_ends_with_is_what_the_process_ends_with() => (await SampleProgram.RunAsync(_ => Task.FromResult(7))).Should().Be(7);

    [Fact]
    public void A_number_of_an_option_of_the_samples_own_is_read_and_checked()
    {
        var arguments = DomainArguments.Parse(["--seeds", "5"], "--seeds", "--repeats");

        arguments.Number("--seeds", 1).Should().Be(5);
        arguments.Number("--repeats", 1).Should().BeNull();
        FluentActions.Invoking(() => arguments.Number("--seeds", 6)).Should().Throw<UsageException>().WithMessage("--seeds '5' is not a whole number from 6 up.");
    }
}
