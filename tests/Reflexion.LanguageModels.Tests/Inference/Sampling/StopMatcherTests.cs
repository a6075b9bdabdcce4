using System.Collections.Immutable;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Reflexion.LanguageModels;

namespace Reflexion.Tests;

public sealed class StopMatcherTests
{
    [Fact]
    public void However_a_text_is_cut_it_ends_before_the_first_stop_that_is_complete()
    {
        Gen<string> words = Gen.Elements("a", "b", "ab").ArrayOf().Select(parts => string.Concat(parts));
        Gen<(string[] Pieces, string[] Stops)> cases =
            from pieces in words.ArrayOf()
            from stops in words.Where(stop => stop.Length > 0).ArrayOf(2)
            select (pieces, stops);
        Prop.ForAll(cases.ToArbitrary(), input =>
        {
            string whole = string.Concat(input.Pieces);
            string given = Cut(input.Pieces, input.Stops, out bool stopped);
            int[] found = [.. input.Stops.Select(stop => whole.IndexOf(stop, StringComparison.Ordinal)).Where(at => at >= 0)];

            stopped.Should().Be(found.Length > 0);
            whole.Should().StartWith(given);
            input.Stops.Should().NotContain(stop => given.Contains(stop));
            given.Length.Should().Be(found.Length == 0 ? whole.Length : given.Length);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("one\nObs: two", "Obs", "one\n")]
    [InlineData("one\nOb: two", "Obs", "one\nOb: two")]
    [InlineData("ababac", "abac", "ab")]
    [InlineData("stop", "stop", "")]
    public void A_stop_that_comes_letter_by_letter_is_found(string text, string stop, string expected) =>
        Cut([.. text.Select(letter => letter.ToString())], [stop], out _).Should().Be(expected);

    [Fact]
    public void Nothing_is_held_back_that_no_stop_begins_with()
    {
        var matcher = new StopMatcher(["###"]);

        matcher.Append("a#").Should().Be("a");
        matcher.Append("b").Should().Be("#b");
        matcher.Append("##").Should().BeEmpty();
        matcher.HasStopped.Should().BeFalse();
        matcher.Append("#c").Should().BeEmpty();
        matcher.HasStopped.Should().BeTrue();
        matcher.Append("more").Should().BeEmpty();
    }

    private static string Cut(string[] pieces, string[] stops, out bool stopped)
    {
        var matcher = new StopMatcher([.. stops]);
        var text = new StringBuilder();
        foreach (string piece in pieces)
        {
            text.Append(matcher.Append(piece));
        }

        text.Append(matcher.HasStopped ? "" : matcher.Flush());
        stopped = matcher.HasStopped;
        return text.ToString();
    }
}
