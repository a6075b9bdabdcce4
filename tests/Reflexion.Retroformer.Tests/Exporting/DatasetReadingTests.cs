using System.Text;
using Reflexion.Retroformer;

namespace Reflexion.Tests;

/// <summary>Files from elsewhere: what is sound is read, and what is not is refused with its line.</summary>
public sealed class DatasetReadingTests : IDisposable
{
    private const string Chat = """{"messages":[{"role":"user","content":"x"},{"role":"assistant","content":"y"}]}""";
    private const string Header = """{"format":"reflexion-experiences","version":1}""";
    private readonly TemporaryFolder _folder = new();

    private string File => _folder.File("data.jsonl");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("42")]
    [InlineData("{}")]
    [InlineData("""{"messages":null}""")]
    [InlineData("""{"messages":[]}""")]
    [InlineData("""{"messages":[null]}""")]
    [InlineData("""{"messages":[{"role":"assistant"}]}""")]
    [InlineData("""{"messages":[{"role":" ","content":"x"}]}""")]
    [InlineData("""{"messages":[{"role":"assistant","content":null}]}""")]
    [InlineData("""{"messages":[{"role":"assistant","content":"\ud800"}]}""")]
    [InlineData("""{"messages":[{"role":"user","content":"x"}]}""")]
    [InlineData("""{"messages":[{"role":"assistant","content":"x"}]} {}""")]
    public async Task A_hostile_line_is_refused_with_its_number(string line)
    {
        string wrong = line.Length == 0 ? new string('[', 1000) : line;
        await System.IO.File.WriteAllTextAsync(File, $"{Chat}\n\n{Chat}\n{wrong}\n{Chat}\n");
        var read = new List<SftExample>();

        DatasetFormatException refused = (await FluentActions.Awaiting(async () =>
        {
            await foreach (SftExample example in ExperienceDataset.ReadSftAsync(File))
            {
                read.Add(example);
            }
        }).Should().ThrowAsync<DatasetFormatException>()).Which;

        (refused.Line, refused.Path).Should().Be((4, File));
        refused.Message.Should().StartWith($"{File}, line 4: ");
        read.Should().HaveCount(2);
    }

    [Theory]
    [InlineData("""{"prompt":[{"role":"user","content":"x"}],"chosen":[{"role":"assistant","content":"y"}],"rejected":[],"margin":1}""", "There is no message in 'rejected'.")]
    [InlineData("""{"prompt":[{"role":"user","content":"x"}],"chosen":[{"role":"assistant","content":"y"}],"rejected":[{"role":"assistant","content":"z"}],"margin":-1}""", "The margin is a finite number of at least 0.")]
    public async Task Pairs_are_checked(string line, string problem)
    {
        await System.IO.File.WriteAllTextAsync(File, line);

        await Refused(ExperienceDataset.ReadDpoAsync(File), 1, problem);
    }

    [Fact]
    public async Task Rewards_are_numbers()
    {
        await System.IO.File.WriteAllTextAsync(File, """{"prompt":[{"role":"user","content":"x"}],"completion":[{"role":"assistant","content":"y"}],"reward":1e999}""");

        await FluentActions.Awaiting(() => ExperienceDataset.ReadRlAsync(File).CountAsync().AsTask()).Should().ThrowAsync<DatasetFormatException>();
    }

    [Theory]
    [InlineData("""{"episodeId":"e","taskId":"t","trial":1,"prompt":"","refinement":"","returnBefore":0,"returnAfter":1}""", "A refinement is written for trial 2 or a later one, not for 1.")]
    [InlineData("""{"episodeId":"e","taskId":"t","trial":2,"prompt":"","refinement":"","refinementIds":[1],"returnBefore":0,"returnAfter":1}""", "There are 1 tokens and 0 log-probabilities; one of each belongs together.")]
    [InlineData("""{"episodeId":"e","taskId":"t","trial":2,"prompt":"","refinement":"","returnBefore":0,"returnAfter":1.5}""", "Returns lie between 0 and 1.")]
    public async Task Experiences_are_checked(string line, string problem)
    {
        await System.IO.File.WriteAllTextAsync(File, $"{Header}\n{line}");

        await Refused(ExperienceDataset.ReadExperiencesAsync(File), 2, problem);
    }

    [Theory]
    [InlineData("", "The file is empty; a file of reflexion-experiences begins with a line that says so.")]
    [InlineData("""{"format":"other","version":1}""", "This is no file of reflexion-experiences; its format is 'other'.")]
    [InlineData("""{"format":"reflexion-experiences","version":2,"more":[]}""", "The file is of version 2, and this release reads versions 1 to 1; use a newer release of Reflexion.")]
    [InlineData("""{"format":"reflexion-experiences","version":0}""", "The file is of version 0, and this release reads versions 1 to 1; use a newer release of Reflexion.")]
    public async Task Another_format_is_told_from_experiences(string first, string problem)
    {
        await System.IO.File.WriteAllTextAsync(File, first);

        await Refused(ExperienceDataset.ReadExperiencesAsync(File), 1, problem);
    }

    [Fact]
    public async Task Files_of_other_tools_are_read()
    {
        byte[] bytes = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes($"{Chat}\r\n \t\r\n{Chat[..^1]},\"source\":\"elsewhere\"}}")];
        await System.IO.File.WriteAllBytesAsync(File, bytes);

        (await ExperienceDataset.ReadSftAsync(File).CountAsync()).Should().Be(2);
    }

    [Fact]
    public async Task What_is_not_utf8_is_refused()
    {
        await System.IO.File.WriteAllBytesAsync(File, [.. Encoding.UTF8.GetBytes("""{"messages":[{"role":"assistant","content":" """), 0xFF, .. "\"}]}"u8]);

        await FluentActions.Awaiting(() => ExperienceDataset.ReadSftAsync(File).CountAsync().AsTask()).Should().ThrowAsync<DatasetFormatException>();
    }

    [Fact]
    public async Task Reading_is_bounded()
    {
        await System.IO.File.WriteAllTextAsync(File, $"{Chat}\n{Chat}\n{Chat.Replace("\"x\"", $"\"{new string('x', 200_000)}\"", StringComparison.Ordinal)}\n");

        (await ExperienceDataset.ReadSftAsync(File, new() { MaxLineBytes = 300_000, MaxLines = 3 }).CountAsync()).Should().Be(3);
        await Refused(ExperienceDataset.ReadSftAsync(File, new() { MaxLineBytes = Chat.Length }), 3, $"The line is longer than {Chat.Length} bytes; raise MaxLineBytes if it is meant to be.");
        await Refused(ExperienceDataset.ReadSftAsync(File, new() { MaxLineBytes = Chat.Length - 1 }), 1, $"The line is longer than {Chat.Length - 1} bytes; raise MaxLineBytes if it is meant to be.");
        await Refused(ExperienceDataset.ReadSftAsync(File, new() { MaxLines = 2 }), 3, "There are more than 2 entries; read it in parts, or raise MaxLines.");
        FluentActions.Invoking(() => ExperienceDataset.ReadSftAsync(File, new() { MaxLineBytes = 0 })).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => ExperienceDataset.ReadSftAsync(File, new() { MaxLines = 0 })).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => ExperienceDataset.ReadSftAsync("")).Should().Throw<ArgumentException>();
    }

    [Fact]
    public async Task Lines_across_the_edges_of_chunks_are_whole()
    {
        string[] texts = [.. Enumerable.Range(0, 400).Select(i => new string((char)('a' + (i % 26)), i * 7))];
        await ExperienceDataset.WriteSftAsync(File, texts.Select(text => new SftExample([new("assistant", text)])));

        (await ExperienceDataset.ReadSftAsync(File).Select(example => example.Messages[0].Content).ToListAsync()).Should().Equal(texts);
    }

    private async Task Refused<T>(IAsyncEnumerable<T> entries, long line, string problem) =>
        (await FluentActions.Awaiting(() => entries.CountAsync().AsTask()).Should().ThrowAsync<DatasetFormatException>())
            .Which.Message.Should().Be($"{File}, line {line}: {problem}");
}
