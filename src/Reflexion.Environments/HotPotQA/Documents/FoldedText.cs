using System.Globalization;
using System.Net;
using System.Text;

namespace Reflexion.Environments;

/// <summary>Brings texts into a form in which case, diacritics, quotation marks, kinds of dashes and runs of white space make no difference.</summary>
/// <remarks>
/// The letters are in a table of our own, because <see cref="string.Normalize()"/> leaves them alone where an application
/// runs with invariant globalization, and the same search must lead to the same page everywhere.
/// </remarks>
internal static class FoldedText
{
    // The first letter of a group stands for the others.
    private static readonly string[] Groups =
    [
        "aàáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ", "bḃḅḇ", "cçćĉċčḉ", "dďḋḍḏḑḓđð", "eèéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ", "fḟ", "gĝğġģǧǵḡ", "hĥȟḣḥḧḩḫẖħ",
        "iìíîïĩīĭįǐȉȋḭḯỉịıİ", "jĵǰ", "kķǩḱḳḵ", "lĺļľḷḹḻḽł", "mḿṁṃ", "nñńņňǹṅṇṉṋ", "oòóôõöōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợøǿ", "pṕṗ",
        "rŕŗřȑȓṙṛṝṟ", "sśŝşšșſṡṣṥṧṩẛ", "tţťțṫṭṯṱẗŧ", "uùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự", "vṽṿ", "wŵẁẃẅẇẉẘ", "xẋẍ", "yýÿŷȳẏẙỳỵỷỹ", "zźżžẑẓẕ",
        "αά", "βϐ", "εέ", "ηή", "ιΐίϊ", "οό", "σς", "υΰϋύ", "ωώ",
        "аӑӓ", "гѓ", "еѐёӗ", "жӂӝ", "зӟ", "иѝйӣӥ", "кќ", "оӧ", "уўӯӱӳ", "чӵ", "ыӹ", "эӭ", "ії",
    ];

    private static readonly Dictionary<char, string> Letters = MakeLetters();

    /// <summary>Folds a text: <c>“Café”  Śląsk</c> becomes <c>cafe slask</c>. Folding it again changes nothing.</summary>
    internal static string Of(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (char letter in text)
        {
            if (char.IsWhiteSpace(letter) || letter == '_')
            {
                AppendSpace(folded);
            }
            else if (!IsLeftOut(letter))
            {
                Append(folded, char.ToLowerInvariant(letter));
            }
        }

        return folded.ToString().TrimEnd();
    }

    /// <summary>Folds a title, which a data file may have with HTML entities.</summary>
    internal static string OfTitle(string title) => Of(WebUtility.HtmlDecode(title));

    private static void Append(StringBuilder folded, char letter)
    {
        if (Letters.TryGetValue(letter, out string? replacement))
        {
            folded.Append(replacement);
        }
        else
        {
            folded.Append(char.GetUnicodeCategory(letter) == UnicodeCategory.DashPunctuation || letter == '−' ? '-' : letter);
        }
    }

    private static void AppendSpace(StringBuilder folded)
    {
        if (folded.Length > 0 && folded[^1] != ' ')
        {
            folded.Append(' ');
        }
    }

    private static bool IsLeftOut(char letter) => letter is '"' or '\'' or '`' or '´' or 'ʻ' or 'ʼ' || CharUnicodeInfo.GetUnicodeCategory(letter)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format or UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.Control;

    private static Dictionary<char, string> MakeLetters()
    {
        var letters = new Dictionary<char, string> { ['ß'] = "ss", ['æ'] = "ae", ['ǽ'] = "ae", ['ǣ'] = "ae", ['œ'] = "oe", ['þ'] = "th", ['ĳ'] = "ij" };
        foreach (string group in Groups)
        {
            foreach (char letter in group.AsSpan(1))
            {
                letters.Add(letter, group[..1]);
            }
        }

        return letters;
    }
}
