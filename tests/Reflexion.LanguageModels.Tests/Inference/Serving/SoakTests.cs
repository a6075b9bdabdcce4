using System.Globalization;
using Reflexion.LanguageModels;
using Xunit.Abstractions;

namespace Reflexion.Tests;

/// <summary>Concurrent callers that give up at random; seconds by default, REFLEXION_SOAK_MINUTES for longer.</summary>
public sealed class SoakTests(ITestOutputHelper output)
{
    private const int Callers = 12;

    [Fact]
    public async Task Under_load_and_random_cancellation_every_text_is_that_of_the_unloaded_run()
    {
        GenerationRequest[] requests =
        [
            .. Enumerable.Range(0, 16).Select(i => TinyLanguageModel.Request("the agent opens " + new string('k', i * 5), seed: (ulong)i, tokens: 10 + (4 * i))),
        ];
        using LanguageModel model = TinyLanguageModel.Create(new() { Threads = 2, MaxSequences = 4, PrefixCacheTokens = 1_024, SharedPromptBlock = 16 });
        GenerationResult[] unloaded = await Task.WhenAll(requests.Select(request => model.GenerateAsync(request)));
        TimeSpan duration = double.TryParse(Environment.GetEnvironmentVariable("REFLEXION_SOAK_MINUTES"), CultureInfo.InvariantCulture, out double minutes)
            ? TimeSpan.FromMinutes(minutes)
            : TimeSpan.FromSeconds(2);
        using var end = new CancellationTokenSource(duration);
        long before = 0;
        int finished = 0;
        int canceled = 0;

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => CallAsync(new Random(caller)))));

        output.WriteLine($"{finished} finished, {canceled} canceled; resident memory {before >> 20} MB early, {Environment.WorkingSet >> 20} MB at the end");
        finished.Should().BePositive();
        canceled.Should().BePositive();
        Environment.WorkingSet.Should().BeLessThan(Math.Max(before, 1L << 30) + (256L << 20));
        (await model.GenerateAsync(requests[3])).Ids.Should().Equal(unloaded[3].Ids);

        async Task CallAsync(Random random)
        {
            while (!end.IsCancellationRequested)
            {
                int i = random.Next(requests.Length);
                using var patience = new CancellationTokenSource();
                if (random.Next(2) == 0)
                {
                    patience.CancelAfter(random.Next(20));
                }

                try
                {
                    GenerationResult result = await model.GenerateAsync(requests[i], patience.Token);
                    result.Ids.Should().Equal(unloaded[i].Ids);
                    if (Interlocked.Increment(ref finished) == 50)
                    {
                        before = Environment.WorkingSet;
                    }
                }
                catch (OperationCanceledException)
                {
                    Interlocked.Increment(ref canceled);
                }
            }
        }
    }
}
