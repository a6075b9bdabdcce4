namespace Reflexion.Samples;

/// <summary>How a sample ends when it is not used as meant, or stopped before there is anything to show.</summary>
public static class SampleProgram
{
    /// <summary>The exit code after Ctrl-C, as shells expect it.</summary>
    public const int Interrupted = 130;

    /// <summary>Runs a sample.</summary>
    /// <param name="main">The sample, given a token that Ctrl-C cancels.</param>
    /// <param name="stop">Stops it like Ctrl-C; none by default.</param>
    /// <returns>The sample's exit code; 2 after a <see cref="UsageException"/>, whose message is printed, and <see cref="Interrupted"/> where Ctrl-C cancelled it.</returns>
    public static async Task<int> RunAsync(Func<CancellationToken, Task<int>> main, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(main);
        using var ctrlC = new CtrlC(stop);
        try
        {
            return await main(ctrlC.Token);
        }
        catch (UsageException wrong)
        {
            Console.Error.WriteLine($"{wrong.Message}\nSee --help.");
            return 2;
        }
        catch (OperationCanceledException) when (ctrlC.Token.IsCancellationRequested)
        {
            return Interrupted;
        }
    }
}
