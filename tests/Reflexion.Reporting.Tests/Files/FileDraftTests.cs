namespace Reflexion.Tests;

public sealed class FileDraftTests
{
    [Fact]
    public async Task A_draft_takes_its_name_only_when_it_is_complete()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("a.txt");
        using var draft = new FileDraft(path);
        await draft.Content.WriteAsync("whole"u8.ToArray());

        File.Exists(path).Should().BeFalse();
        await draft.CompleteAsync();

        (await File.ReadAllTextAsync(path)).Should().Be("whole");
        Directory.GetFiles(folder.Path).Should().ContainSingle();
    }

    [Fact]
    public async Task A_draft_that_is_given_up_leaves_nothing_behind()
    {
        using var folder = new TemporaryFolder();
        using (var draft = new FileDraft(folder.File("a.txt")))
        {
            await draft.Content.WriteAsync("half"u8.ToArray());
            Directory.GetFiles(folder.Path).Should().ContainSingle("it is made where it will stand");
        }

        Directory.GetFiles(folder.Path).Should().BeEmpty();
    }

    [Fact]
    public async Task A_draft_that_cannot_take_its_name_leaves_nothing_behind()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("taken/inside"));
        using (var draft = new FileDraft(folder.File("taken")))
        {
            await FluentActions.Awaiting(() => draft.CompleteAsync()).Should().ThrowAsync<Exception>();
        }

        Directory.GetFiles(folder.Path).Should().BeEmpty();
    }

    [Fact]
    public void A_path_without_a_file_is_refused() =>
        FluentActions.Invoking(() => new FileDraft(Path.GetPathRoot(Path.GetTempPath())!)).Should().Throw<ArgumentException>().WithMessage("'*' names no file.*");
}
