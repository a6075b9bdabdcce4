using Microsoft.Extensions.AI;

namespace Reflexion.Testing.Tests;

public sealed class CassetteFileTests : IDisposable
{
    private readonly TemporaryFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_file_cut_at_any_byte_keeps_its_whole_entries_and_can_be_added_to()
    {
        byte[] whole = await RecordAsync("first", "second");
        int header = Array.IndexOf(whole, (byte)'\n') + 1;
        int second = Array.IndexOf(whole, (byte)'\n', header) + 1;
        for (int length = 0; length <= whole.Length; length++)
        {
            _file.Write(whole[..length]);
            int kept = length >= whole.Length - 1 ? 2 : length >= second - 1 ? 1 : 0;
            using (IChatClient client = new ScriptedChatClient("added").WithCassette(_file.Path, CassetteMode.Record))
            {
                client.GetRequiredService<Cassette>().Count.Should().Be(kept, "the file has {0} bytes", length);
                await client.TextAsync("q3");
            }

            using var cassette = Cassette.Open(_file.Path);
            using var replay = new ReplayChatClient(cassette);
            (await replay.TextAsync("q3")).Should().Be("added");
            for (int i = 0; i < kept; i++)
            {
                (await replay.TextAsync($"q{i + 1}")).Should().Be(i == 0 ? "first" : "second");
            }

            cassette.AssertAllPlayed();
        }
    }

    [Fact]
    public async Task Reading_leaves_a_torn_file_as_it_is()
    {
        byte[] whole = await RecordAsync("first", "second");
        _file.Write(whole[..^20]);

        using var replay = new ReplayChatClient(Cassette.Open(_file.Path));
        (await replay.TextAsync("q1")).Should().Be("first");

        File.ReadAllBytes(_file.Path).Should().Equal(whole[..^20]);
    }

    [Fact]
    public void A_newer_version_is_refused()
    {
        _file.Write("{\"format\":\"reflexion-cassette\",\"version\":2}\n");

        FluentActions.Invoking(() => Cassette.Open(_file.Path)).Should().Throw<CassetteFormatException>()
            .WithMessage($"'{_file.Path}' is a cassette of version 2, and this package reads versions 1 to 1. Update the package or record anew.");
    }

    [Theory]
    [InlineData("hello\n")]
    [InlineData("hello")]
    [InlineData("\n")]
    [InlineData("{\"format\":\"other\",\"version\":1}\n")]
    [InlineData("{\"format\":\"other\",\"version\":1}")]
    [InlineData("null\n")]
    [InlineData("{\"role\":\"user\"}\n{}\n")]
    public void A_file_that_is_no_cassette_is_refused_and_left_alone(string text)
    {
        _file.Write(text);

        FluentActions.Invoking(() => Cassette.Open(_file.Path)).Should().Throw<CassetteFormatException>()
            .WithMessage($"'{_file.Path}' is no cassette: its first line is not the header of the format reflexion-cassette. Nothing was changed; give another path.");
        _file.Text.Should().Be(text);
    }

    [Theory]
    [InlineData("{}", "Line 2 of '*' is no recorded call:*")]
    [InlineData("{", "Line 2 of '*' is no recorded call:*")]
    [InlineData("", "Line 2 of '*' is no recorded call:*")]
    [InlineData("{\"hash\":\"x\",\"request\":{\"messages\":[]}}", "Line 2 of '*' is no recorded call: it lacks the request or the answer. Remove the line or record anew.")]
    public async Task Damage_before_the_last_line_is_refused(string line, string message)
    {
        string[] whole = System.Text.Encoding.UTF8.GetString(await RecordAsync("first")).Split('\n');
        _file.Write($"{whole[0]}\n{line}\n{whole[1]}\n");

        FluentActions.Invoking(() => Cassette.Open(_file.Path)).Should().Throw<CassetteFormatException>().WithMessage(message);
    }

    [Fact]
    public async Task A_text_that_is_neither_string_nor_units_is_refused()
    {
        _file.Write(System.Text.Encoding.UTF8.GetString(await RecordAsync("first")).Replace("\"first\"", "7", StringComparison.Ordinal));

        FluentActions.Invoking(() => Cassette.Open(_file.Path)).Should().Throw<CassetteFormatException>().WithMessage("Line 2 of '*A text is a string or an array of UTF-16 units.*");
    }

    [Fact]
    public async Task A_kind_of_content_that_is_not_known_is_refused_when_it_is_played()
    {
        string text = System.Text.Encoding.UTF8.GetString(await RecordAsync("first"));
        _file.Write(text.Replace("""{"kind":"text","text":"first"}""", """{"kind":"smell"}""", StringComparison.Ordinal));

        using var replay = new ReplayChatClient(Cassette.Open(_file.Path));
        await replay.Awaiting(r => r.TextAsync("q1")).Should().ThrowAsync<CassetteFormatException>().WithMessage("The cassette holds a content of kind 'smell', which this version does not know.");
    }

    [Fact]
    public async Task Two_writers_at_once_are_refused_before_the_model_is_called()
    {
        using var model = new ScriptedChatClient("a", "b");
        using IChatClient first = model.WithCassette(_file.Path, CassetteMode.Record);
        using IChatClient second = model.WithCassette(_file.Path, CassetteMode.Record);
        await first.TextAsync("q");

        await second.Awaiting(c => c.TextAsync("q")).Should().ThrowAsync<IOException>();
        first.Dispose();
        (await second.Awaiting(c => c.TextAsync("q")).Should().ThrowAsync<IOException>()).WithMessage(
            $"The cassette '{_file.Path}' was changed by someone else since it was opened. Let one process record at a time.");
        model.RequestCount.Should().Be(1);
        _file.Lines.Should().HaveCount(2);
    }

    [Fact]
    public void A_folder_is_no_cassette()
    {
        FluentActions.Invoking(() => Cassette.Open(Path.GetTempPath())).Should().Throw<UnauthorizedAccessException>();
    }

    private async Task<byte[]> RecordAsync(params string[] answers)
    {
        using (IChatClient client = new ScriptedChatClient(answers).WithCassette(_file.Path, CassetteMode.Record))
        {
            for (int i = 0; i < answers.Length; i++)
            {
                await client.TextAsync($"q{i + 1}");
            }
        }

        return await File.ReadAllBytesAsync(_file.Path);
    }
}
