using System.Globalization;
using System.Text;

namespace Reflexion.LanguageModels;

/// <summary>datetime.strftime in English.</summary>
internal static class PythonDate
{
    internal static string Format(TemplateRun run, DateTimeOffset time, string format)
    {
        var text = new StringBuilder();
        for (int i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length)
            {
                text.Append(format[i]);
                continue;
            }

            i++;
            bool isBare = format[i] == '-' && i + 1 < format.Length;
            i += isBare ? 1 : 0;
            string part = Part(run, time, format[i]);
            text.Append(isBare && part.Length > 1 ? part[..^1].TrimStart('0') + part[^1] : part);
        }

        return text.ToString();
    }

    private static string Part(TemplateRun run, DateTimeOffset time, char directive) => directive switch
    {
        'a' => Named(time, "ddd"),
        'A' => Named(time, "dddd"),
        'b' or 'h' => Named(time, "MMM"),
        'B' => Named(time, "MMMM"),
        'c' => $"{Named(time, "ddd MMM")} {time.Day,2} {Named(time, "HH:mm:ss yyyy")}",
        'd' => Named(time, "dd"),
        'D' or 'x' => Named(time, "MM/dd/yy"),
        'e' => $"{time.Day,2}",
        'f' => Named(time, "ffffff"),
        'F' => Named(time, "yyyy-MM-dd"),
        'H' => Named(time, "HH"),
        'I' => Named(time, "hh"),
        'j' => time.DayOfYear.ToString("000", CultureInfo.InvariantCulture),
        'm' => Named(time, "MM"),
        'M' => Named(time, "mm"),
        'n' => "\n",
        'p' => Named(time, "tt"),
        'R' => Named(time, "HH:mm"),
        'S' => Named(time, "ss"),
        't' => "\t",
        'T' or 'X' => Named(time, "HH:mm:ss"),
        'u' => $"{(time.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)time.DayOfWeek)}",
        'w' => $"{(int)time.DayOfWeek}",
        'y' => Named(time, "yy"),
        'Y' => Named(time, "yyyy"),
        'z' or 'Z' => "",
        '%' => "%",
        _ => throw run.Error($"strftime_now does not know %{directive}."),
    };

    private static string Named(DateTimeOffset time, string format) => time.ToString(format, CultureInfo.InvariantCulture);
}
