using FsCheck;
using FsCheck.Fluent;
using Reflexion.Retroformer;

namespace Reflexion.Tests;

public sealed class ExperienceDatasetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder.File("data.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Experiences_come_back_to_the_bit() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(60),
        Prop.ForAll(RandomExperiences.Arbitrary(), async experiences =>
        {
            (await ExperienceDataset.WriteExperiencesAsync(File, experiences)).Should().Be(experiences.Length);
            List<Experience> read = await ExperienceDataset.ReadExperiencesAsync(File).ToListAsync();

            read.Should().BeEquivalentTo(experiences, options => options.WithStrictOrdering());
            read.SelectMany(experience => experience.LogProbs).Select(BitConverter.SingleToInt32Bits)
                .Should().Equal(experiences.SelectMany(experience => experience.LogProbs).Select(BitConverter.SingleToInt32Bits));
            read.Select(experience => BitConverter.DoubleToInt64Bits(experience.ReturnAfter))
                .Should().Equal(experiences.Select(experience => BitConverter.DoubleToInt64Bits(experience.ReturnAfter)));
        }));

    [Fact]
    public void Examples_for_other_trainers_come_back_as_they_were() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(40),
        Prop.ForAll(RandomExperiences.Arbitrary(), async experiences =>
        {
            SftExample[] chats = [.. experiences.ToSft(above: -2)];
            DpoPair[] pairs = [.. experiences.Select(experience => experience with { TaskId = "t", Instructions = null, Prompt = "x" }).ToDpo()];
            RlPrompt[] prompts = [.. experiences.ToRl(experience => experience.ReturnAfter * 1e-9)];
            await ExperienceDataset.WriteSftAsync(_folder.File("sft"), chats);
            await ExperienceDataset.WriteDpoAsync(_folder.File("dpo"), pairs);
            await ExperienceDataset.WriteRlAsync(_folder.File("rl"), prompts);

            (await ExperienceDataset.ReadSftAsync(_folder.File("sft")).ToListAsync()).Should().BeEquivalentTo(chats, options => options.WithStrictOrdering());
            (await ExperienceDataset.ReadDpoAsync(_folder.File("dpo")).ToListAsync()).Should().BeEquivalentTo(pairs, options => options.WithStrictOrdering());
            (await ExperienceDataset.ReadRlAsync(_folder.File("rl")).ToListAsync()).Should().BeEquivalentTo(prompts, options => options.WithStrictOrdering());
        }));

    [Fact]
    public async Task The_layouts_are_those_of_other_trainers()
    {
        Experience[] experiences = [Samples.Experience("sink", 0.25, 0.75), Samples.Experience("bin “ü”", 0.25, 0.25)];
        const string Prompt = """[{"role":"system","content":"Coach."},{"role":"user","content":"The mug was not found."}]""";

        await ExperienceDataset.WriteSftAsync(File, experiences.ToSft());
        (await System.IO.File.ReadAllTextAsync(File)).Should().Be($$$"""{"messages":{{{Prompt[..^1]}}},{"role":"assistant","content":"sink"}]}""" + "\n");
        await ExperienceDataset.WriteDpoAsync(File, experiences.ToDpo());
        (await System.IO.File.ReadAllTextAsync(File)).Should().Be(
            $$$"""{"prompt":{{{Prompt}}},"chosen":[{"role":"assistant","content":"sink"}],"rejected":[{"role":"assistant","content":"bin “ü”"}],"margin":0.5}""" + "\n");
        await ExperienceDataset.WriteRlAsync(File, experiences.Take(1).ToRl());
        (await System.IO.File.ReadAllTextAsync(File)).Should().Be($$$"""{"prompt":{{{Prompt}}},"completion":[{"role":"assistant","content":"sink"}],"reward":0.5}""" + "\n");
        await ExperienceDataset.WriteExperiencesAsync(File, experiences.Take(1).ToAsyncEnumerable());
        (await System.IO.File.ReadAllLinesAsync(File))[0].Should().Be("""{"format":"reflexion-experiences","version":1}""");
        Directory.GetFiles(_folder.Path).Should().Equal(File);
    }

    [Fact]
    public async Task What_cannot_be_written_leaves_the_file_as_it_was()
    {
        await System.IO.File.WriteAllTextAsync(File, "precious");
        Experience sound = Samples.Experience("sink", 0, 1);
        Experience[] wrong =
        [
            sound with { EpisodeId = " " },
            sound with { TaskId = "" },
            sound with { Trial = 1 },
            sound with { Refinement = "\uD83D" },
            sound with { RefinementIds = [1] },
            sound with { PromptIds = [-1] },
            sound with { RefinementIds = [1], LogProbs = [float.NegativeInfinity] },
            sound with { ReturnBefore = -0.1 },
            sound with { ReturnAfter = double.NaN },
            sound with { NullReturns = [1.1] },
            null!,
        ];
        foreach (Experience experience in wrong)
        {
            await FluentActions.Awaiting(() => ExperienceDataset.WriteExperiencesAsync(File, [sound, experience]))
                .Should().ThrowAsync<ArgumentException>().WithMessage("Entry 1 *");
        }

        await FluentActions.Awaiting(() => ExperienceDataset.WriteDpoAsync(File, [new([new("user", "x")], [new("assistant", "y")], [new("assistant", "z")], double.NaN)]))
            .Should().ThrowAsync<ArgumentException>().WithMessage("Entry 0 cannot be written. The margin is a finite number of at least 0.*");
        await FluentActions.Awaiting(() => ExperienceDataset.WriteRlAsync(File, [new([new("user", "x")], [new("assistant", "y\uDC00")], 1)]))
            .Should().ThrowAsync<ArgumentException>().WithMessage("*half a character*");
        await FluentActions.Awaiting(() => ExperienceDataset.WriteSftAsync(File, null!)).Should().ThrowAsync<ArgumentNullException>();
        await FluentActions.Awaiting(() => ExperienceDataset.WriteSftAsync(" ", [])).Should().ThrowAsync<ArgumentException>();
        await FluentActions.Awaiting(() => ExperienceDataset.WriteSftAsync("/", [])).Should().ThrowAsync<ArgumentException>();
        (await System.IO.File.ReadAllTextAsync(File)).Should().Be("precious");
        Directory.GetFiles(_folder.Path).Should().Equal(File);
    }

    [Fact]
    public async Task Writing_that_is_cancelled_leaves_the_file_as_it_was()
    {
        await System.IO.File.WriteAllTextAsync(File, "precious");

        await FluentActions.Awaiting(() => ExperienceDataset.WriteSftAsync(File, [new([new("assistant", "x")])], new(canceled: true))).Should().ThrowAsync<OperationCanceledException>();

        (await System.IO.File.ReadAllTextAsync(File)).Should().Be("precious");
        Directory.GetFiles(_folder.Path).Should().Equal(File);
    }
}
