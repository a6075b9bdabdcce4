using System.Text.Json.Serialization;
using Reflexion.Environments;

namespace Reflexion.Tests;

public sealed partial class JsonLinesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Lines_are_numbered_and_blank_ones_are_skipped()
    {
        List<(int Line, Row Value)> rows = await ReadAsync("{\"id\":\"a\"}\n\n  \n{\"id\":\"b\"}\n");

        rows.Should().Equal((1, new Row("a")), (4, new Row("b")));
    }

    [Theory]
    [InlineData("{\"id\":\"a\"}\n{\"id\":", 2)]
    [InlineData("null", 1)]
    [InlineData("{\"id\":3}", 1)]
    [InlineData("{}", 1)]
    public async Task A_line_that_cannot_be_read_is_named(string text, int line)
    {
        Func<Task> read = () => ReadAsync(text);

        DatasetFormatException wrong = (await read.Should().ThrowAsync<DatasetFormatException>()).Which;
        wrong.Line.Should().Be(line);
        wrong.Message.Should().StartWith($"{wrong.SourceName}, line {line}: the line ");
    }

    public void Dispose() => _folder.Dispose();

    private async Task<List<(int Line, Row Value)>> ReadAsync(string text)
    {
        string path = _folder.File("rows.jsonl");
        await File.WriteAllTextAsync(path, text);
        var rows = new List<(int Line, Row Value)>();
        await foreach ((int Line, Row Value) row in JsonLines.ReadAsync(path, RowJson.Default.Row, CancellationToken.None))
        {
            rows.Add(row);
        }

        return rows;
    }

    internal sealed record Row([property: JsonRequired] string Id);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Row))]
    internal sealed partial class RowJson : JsonSerializerContext;
}
