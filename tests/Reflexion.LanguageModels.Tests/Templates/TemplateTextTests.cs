using FsCheck;
using FsCheck.Fluent;
using Reflexion.LanguageModels;

namespace Reflexion.Tests;

public sealed class TemplateTextTests
{
    [Fact]
    public void A_part_of_a_text_keeps_who_wrote_each_character()
    {
        Gen<bool[]> authors = Gen.Elements(true, false).ArrayOf();
        Gen<(bool[] Authors, int Start, int Length)> cases = authors.SelectMany(all => Gen.Choose(0, all.Length).SelectMany(start => Gen.Choose(0, all.Length - start).Select(length => (all, start, length))));

        Prop.ForAll(cases.ToArbitrary(), made =>
            Untrusted(Of(made.Authors).Substring(made.Start, made.Length)).SequenceEqual(made.Authors.Skip(made.Start).Take(made.Length))).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Neighbouring_parts_of_one_side_are_one_part()
    {
        TemplateText text = Of([false, true, true, false, true]);

        text.UntrustedParts.ToArray().Should().Equal((1, 3), (4, 5));
        text.ToString().Should().Be("aaaaa");
        TemplateText.Untrusted("").UntrustedParts.Length.Should().Be(0);
    }

    private static TemplateText Of(bool[] untrusted)
    {
        var builder = new TextBuilder(new TemplateRun(new ChatTemplateOptions(), new TemplateScope(null)));
        foreach (bool isUntrusted in untrusted)
        {
            builder.Append(isUntrusted ? TemplateText.Untrusted("a") : TemplateText.Trusted("a"));
        }

        return builder.Build();
    }

    private static bool[] Untrusted(TemplateText text)
    {
        bool[] untrusted = new bool[text.Value.Length];
        foreach ((int start, int end) in text.UntrustedParts)
        {
            Array.Fill(untrusted, true, start, end - start);
        }

        return untrusted;
    }
}
