using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.AI;
using Reflexion.LanguageModels;

namespace Reflexion.Benchmarks;

/// <summary>Megabytes a second of reading text into tokens, of writing them, and of learning a vocabulary; and the time to render a chat.</summary>
/// <remarks>Others share the machine, so processor time counts, that of the collector and the compiler included.</remarks>
internal static class TokenizerRun
{
    private const int Rounds = 9;

    /// <param name="model">A GGUF file, or null for a vocabulary learnt from the text.</param>
    /// <param name="textFile">A text, or null for ten megabytes of random words.</param>
    internal static async Task RunAsync(string? model, string? textFile)
    {
        string text = textFile is null ? RandomWords() : await File.ReadAllTextAsync(textFile);
        int bytes = Encoding.UTF8.GetByteCount(text);
        string[] lines = [.. text.Split('\n').Select(line => line + "\n")];

        double training = Seconds(() => BytePairTrainer.Train(lines, new BytePairTrainerOptions { VocabularySize = 8_192 }), 1);
        Report("learn 8,192 tokens", bytes, training);
        Tokenizer tokenizer = model is null ? BytePairTrainer.Train(lines, new BytePairTrainerOptions { VocabularySize = 8_192 }) : Load(model);
        Measure("everyday text", tokenizer, text);
        Measure("lines one by one", tokenizer, lines, bytes);
        Measure("a megabyte of 'a'", tokenizer, new string('a', 1 << 20));
        Measure("random letters", tokenizer, RandomLetters());
        if (tokenizer.ChatTemplate is not null)
        {
            ChatMessage[] messages = [.. Enumerable.Range(0, 20).Select(turn => new ChatMessage(turn % 2 == 0 ? ChatRole.User : ChatRole.Assistant, lines[turn % lines.Length]))];
            double rendering = Seconds(() => tokenizer.RenderChat(messages), 1_000) / 1_000;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"render 20 messages",-24} {rendering * 1e6,10:0.0} µs"));
        }
    }

    private static Tokenizer Load(string model)
    {
        using GgufFile file = GgufFile.Open(model);
        return Tokenizer.Create(file.ReadTokenizer());
    }

    private static void Measure(string what, Tokenizer tokenizer, string text) => Measure(what, tokenizer, [text], Encoding.UTF8.GetByteCount(text));

    private static void Measure(string what, Tokenizer tokenizer, string[] texts, int bytes)
    {
        int[][] ids = [.. texts.Select(text => tokenizer.Encode(text).ToArray())];
        double encoding = Enumerable.Range(0, Rounds).Min(_ => Seconds(() => Array.ForEach(texts, text => tokenizer.Encode(text)), 1));
        double decoding = Enumerable.Range(0, Rounds).Min(_ => Seconds(() => Array.ForEach(ids, tokens => tokenizer.Decode(tokens)), 1));
        Report($"encode {what}", bytes, encoding);
        Report($"decode {what}", bytes, decoding);
    }

    private static void Report(string what, int bytes, double seconds) => Console.WriteLine(
        string.Create(CultureInfo.InvariantCulture, $"{what,-32} {bytes / seconds / 1e6,10:0.0} MB/s  {seconds,8:0.000} s"));

    private static double Seconds(Action work, int times)
    {
        using var process = Process.GetCurrentProcess();
        TimeSpan before = process.TotalProcessorTime;
        for (int i = 0; i < times; i++)
        {
            work();
        }

        process.Refresh();
        return (process.TotalProcessorTime - before).TotalSeconds;
    }

    /// <summary>Words whose frequencies fall as in a language, so that the cache meets what it would meet.</summary>
    private static string RandomWords()
    {
        var random = new Random(1);
        ImmutableArray<string> words = [.. Enumerable.Range(0, 50_000).Select(_ => new string([.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => (char)random.Next('a', 'z' + 1))]))];
        var text = new StringBuilder();
        while (text.Length < 10_000_000)
        {
            text.Append(words[(int)Math.Pow(words.Length, random.NextDouble()) - 1]).Append(random.Next(12) == 0 ? ".\n" : " ");
        }

        return text.ToString();
    }

    private static string RandomLetters()
    {
        var random = new Random(2);
        return new string([.. Enumerable.Range(0, 1 << 20).Select(_ => (char)random.Next('a', 'z' + 1))]);
    }
}
