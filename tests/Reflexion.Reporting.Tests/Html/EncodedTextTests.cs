namespace Reflexion.Tests;

public sealed class EncodedTextTests
{
    [Theory]
    [InlineData("plain text, with – dashes 日本", "plain text, with – dashes 日本")]
    [InlineData("<b>\"a\" & 'b'</b>", "&lt;b&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/b&gt;")]
    [InlineData("a\u202Eb\u0000c\nd", "a⟨U+202E⟩b⟨U+0000⟩c⟨U+000A⟩d")]
    [InlineData("\u2028\u2029\uFEFF", "⟨U+2028⟩⟨U+2029⟩⟨U+FEFF⟩")]
    [InlineData("\uDB40\uDC41", "⟨U+E0041⟩")]
    [InlineData("", "")]
    public void Text_is_encoded_and_what_cannot_be_seen_is_named(string text, string encoded) => EncodedText.Of(text).Should().Be(encoded);

    // Not an argument of the theory above: attributes cannot hold half a pair.
    [Fact]
    public void Halves_of_surrogate_pairs_are_named() => EncodedText.Of("half \uD83D, other \uDE00").Should().Be("half ⟨U+D83D⟩, other ⟨U+DE00⟩");

    [Fact]
    public void Letters_beyond_the_first_plane_stay_letters() => System.Net.WebUtility.HtmlDecode(EncodedText.Of("😀 𝒳")).Should().Be("😀 𝒳");
}
