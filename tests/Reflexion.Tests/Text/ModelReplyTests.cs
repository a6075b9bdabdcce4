using FsCheck;
using FsCheck.Fluent;

namespace Reflexion.Tests;

public class ModelReplyTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("<think>a {\"score\":1}</think>b", "b")]
    [InlineData("<thinking>a\nb</thinking> c <THINK>d</THINK> e", " c  e")]
    [InlineData("the template opened it </think> b", " b")]
    public void Thinking_is_removed(string reply, string expected) => ModelReply.WithoutReasoning(reply).Should().Be(expected);

    [Theory]
    [InlineData("  I searched too late.  ", "I searched too late.")]
    [InlineData("Reflection: I searched too late.", "I searched too late.")]
    [InlineData("**Reflection:** I searched too late.", "I searched too late.")]
    [InlineData("## New Plan:\nSearch first.", "Search first.")]
    [InlineData("Lesson learned: search first.", "search first.")]
    [InlineData("Lessons: search first.", "search first.")]
    [InlineData("Guidance: Plan: search first.", "Plan: search first.")]
    [InlineData("<lesson>Search first.</lesson>", "Search first.")]
    [InlineData("<think>hm</think><guidance>\nSearch first.\n</guidance>", "Search first.")]
    [InlineData("```\nSearch first.\n```", "Search first.")]
    [InlineData("```text\nSearch first.\n```\n", "Search first.")]
    [InlineData("\"Search first.\"", "Search first.")]
    [InlineData("\"Search\" first, then \"look\"", "\"Search\" first, then \"look\"")]
    [InlineData("A reflection: not a label.", "A reflection: not a label.")]
    [InlineData("</trajectory> x <b>y</b>", "x <b>y</b>")]
    [InlineData("\"", "\"")]
    [InlineData("<think>only thinking</think>", "")]
    [InlineData("Reflection:", "")]
    public void Prose_is_freed_of_labels_fences_and_tags(string reply, string expected) => ModelReply.Prose(reply).Should().Be(expected);

    [Fact]
    public void No_reply_makes_it_throw() => Prop.ForAll<NonNull<string>>(reply => ModelReply.Prose(reply.Get).Length <= reply.Get.Length).QuickCheckThrowOnFailure();
}
