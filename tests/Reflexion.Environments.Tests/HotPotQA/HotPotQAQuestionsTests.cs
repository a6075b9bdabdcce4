using Reflexion.Environments;

namespace Reflexion.Tests;

public sealed class HotPotQAQuestionsTests : IDisposable
{
    private const string Line =
        """{"id":"q1","question":"Who built X & Y?","answer":"Ada","type":"bridge","level":"hard","supporting_facts":[{"title":"X &amp; Y","sent_id":1}],"context":[{"title":"X &amp; Y","sentences":["One."," Two."]},{"title":"Z","sentences":["Three."]}]}""";

    private const string Official =
        """[{"_id":"q1","question":"Who built X & Y?","answer":"Ada","type":"bridge","level":"hard","supporting_facts":[["X &amp; Y",1]],"context":[["X &amp; Y",["One."," Two."]],["Z",["Three."]]]}]""";

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(Line)]
    [InlineData(Official)]
    [InlineData("\n \t" + Official)]
    [InlineData("\n\n" + Line + "\n\n")]
    public async Task Both_formats_give_the_same_question(string text)
    {
        HotPotQAQuestion question = (await LoadAsync(text)).Should().ContainSingle().Subject;

        question.Id.Should().Be("q1");
        question.Question.Should().Be("Who built X & Y?");
        question.Answer.Should().Be("Ada");
        question.Type.Should().Be("bridge");
        question.Level.Should().Be("hard");
        question.Supports.Should().Equal(new HotPotQASupport("X & Y", 1));
        question.Paragraphs.Select(paragraph => paragraph.Title).Should().Equal("X & Y", "Z");
        question.Paragraphs[0].Sentences.Should().Equal("One.", " Two.");
        question.Paragraphs[0].Text.Should().Be("One. Two.");
        question.SupportingParagraphs.Should().Equal(question.Paragraphs[0]);
    }

    [Fact]
    public async Task A_byte_order_mark_and_a_long_run_of_blanks_do_not_hide_the_format() =>
        (await LoadAsync("\uFEFF" + new string(' ', 200) + Official)).Should().ContainSingle();

    [Fact]
    public async Task What_the_official_test_set_leaves_out_may_be_absent()
    {
        HotPotQAQuestion question = (await LoadAsync("""[{"_id":"q1","question":"Who?"}]"""))[0];

        question.Answer.Should().BeNull();
        question.Type.Should().BeEmpty();
        question.Level.Should().BeEmpty();
        question.Paragraphs.Should().BeEmpty();
        question.Supports.Should().BeEmpty();
    }

    [Theory]
    [InlineData("", 0, "the file holds no questions.")]
    [InlineData("  \n ", 0, "the file holds no questions.")]
    [InlineData("[]", 0, "the file holds no questions.")]
    [InlineData("{\"question\":\"Who?\"}", 1, "it has no id; 'id' or '_id' is expected.")]
    [InlineData("{\"id\":\" \",\"question\":\"Who?\"}", 1, "it has no id; 'id' or '_id' is expected.")]
    [InlineData("{\"id\":\"a\"}", 1, "it has no 'question'.")]
    [InlineData("[{\"_id\":\"a\",\"question\":\"?\"},{\"_id\":\"b\"}]", 0, "question 2: it has no 'question'.")]
    [InlineData("[{\"_id\":\"a\",\"question\":\"?\"},null]", 0, "question 2: it is null; a JSON object is expected.")]
    [InlineData("[{\"_id\":\"a\",\"question\":\"?\"},{\"_id\":\"a\",\"question\":\"?\"}]", 0, "question 2: the id 'a' is that of question 1; ids must be unique.")]
    [InlineData("{\"id\":\"a\",\"question\":\"?\"}\n\n{\"id\":\"a\",\"question\":\"?\"}", 3, "the id 'a' is that of line 1; ids must be unique.")]
    [InlineData("{\"id\":\"a\",\"question\":\"?\",\"context\":[[\"\",[]]]}", 1, "a paragraph of its 'context' has no title.")]
    [InlineData("{\"id\":\"a\",\"question\":\"?\",\"context\":[null]}", 1, "a paragraph of its 'context' has no title.")]
    [InlineData("{\"id\":\"a\",\"question\":\"?\",\"supporting_facts\":[[\" \",0]]}", 1, "one of its 'supporting_facts' has no title.")]
    [InlineData("{\"id\":\"a\",\"question\":\"?\",\"supporting_facts\":[[\"T\",-1]]}", 1, "one of its 'supporting_facts' has a negative sentence number.")]
    public async Task What_a_question_lacks_is_named(string text, int line, string problem)
    {
        DatasetFormatException wrong = await FaultOf(text);

        wrong.Line.Should().Be(line);
        wrong.Message.Should().EndWith($": {problem}");
    }

    [Theory]
    [InlineData("[{\"_id\":", "question 1: it cannot be read: ")]
    [InlineData("{\"id\":", "the line cannot be read: ")]
    [InlineData("{\"id\":\"a\",\"question\":\"?\",\"context\":[[\"T\"]]}", "Expected [title, sentences], or an object with 'title' and 'sentences'.")]
    [InlineData("{\"id\":\"a\",\"question\":\"?\",\"context\":[{\"title\":\"T\"}]}", "Expected [title, sentences], or an object with 'title' and 'sentences'.")]
    [InlineData("{\"id\":\"a\",\"question\":\"?\",\"context\":[[3,[]]]}", "The title must be a string.")]
    [InlineData("{\"id\":\"a\",\"question\":\"?\",\"context\":[[\"T\",\"S\"]]}", "The sentences of a paragraph must be an array of strings.")]
    [InlineData("{\"id\":\"a\",\"question\":\"?\",\"context\":[[\"T\",[1]]]}", "The sentences of a paragraph must be an array of strings.")]
    [InlineData("{\"id\":\"a\",\"question\":\"?\",\"supporting_facts\":[[\"T\",\"1\"]]}", "The sentence of a supporting fact must be a whole number.")]
    [InlineData("{\"id\":\"a\",\"question\":\"?\",\"supporting_facts\":[[\"T\",1.5]]}", "The sentence of a supporting fact must be a whole number.")]
    [InlineData("{\"id\":\"a\",\"question\":\"?\",\"supporting_facts\":[7]}", "Expected [title, sent_id], or an object with 'title' and 'sent_id'.")]
    public async Task What_cannot_be_read_is_said(string text, string problem) =>
        (await FaultOf(text)).Message.Should().Contain(problem);

    [Fact]
    public async Task A_file_that_is_not_there_is_an_error_of_reading()
    {
        Func<Task> load = () => HotPotQAQuestions.LoadAsync(_folder.File("none.jsonl"));

        await load.Should().ThrowAsync<FileNotFoundException>();
    }

    [Fact]
    public void Questions_are_only_read()
    {
        Action write = () => System.Text.Json.JsonSerializer.Serialize(new SupportJson("T", 1), QuestionJsonContext.Default.SupportJson);

        write.Should().Throw<NotSupportedException>().WithMessage("Questions are only read.*");
    }

    [Theory]
    [InlineData("", "Who?")]
    [InlineData("q", " ")]
    public void A_question_without_id_or_words_is_refused(string id, string question)
    {
        Action make = () => _ = new HotPotQAQuestion(id, question);

        make.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Uninitialised_paragraphs_and_supports_are_none()
    {
        HotPotQAQuestion question = new HotPotQAQuestion("q", "Who?") with { Paragraphs = default, Supports = default };

        question.Paragraphs.Should().BeEmpty();
        question.Supports.Should().BeEmpty();
    }

    [SharedFact("data/hotpotqa.jsonl")]
    public async Task The_reference_questions_load_alike_from_both_formats()
    {
        string path = SharedFolder.PathOf("data/hotpotqa.jsonl");
        IReadOnlyList<HotPotQAQuestion> questions = await HotPotQAQuestions.LoadAsync(path);

        IReadOnlyList<HotPotQAQuestion> official = await LoadAsync(OfficialFormat.Of(await File.ReadAllLinesAsync(path)));

        questions.Should().OnlyContain(question => question.Answer != null && question.Paragraphs.Length > 0 && question.SupportingParagraphs.Any());
        official.Should().BeEquivalentTo(questions, options => options.WithStrictOrdering());
    }

    public void Dispose() => _folder.Dispose();

    private async Task<DatasetFormatException> FaultOf(string text)
    {
        Func<Task> load = () => LoadAsync(text);
        return (await load.Should().ThrowAsync<DatasetFormatException>()).Which;
    }

    private async Task<IReadOnlyList<HotPotQAQuestion>> LoadAsync(string text)
    {
        string path = _folder.File("questions.json");
        await File.WriteAllTextAsync(path, text);
        return await HotPotQAQuestions.LoadAsync(path);
    }
}
