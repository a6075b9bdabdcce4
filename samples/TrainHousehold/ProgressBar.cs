using System.Diagnostics;
using System.Globalization;

namespace TrainHousehold;

/// <summary>How far a stage is: a line that is written over on a terminal, and one now and then in a file.</summary>
internal sealed class ProgressBar(string stage, int total)
{
    private const int Width = 24;
    private const int LinesInFile = 20;

    private readonly long _started = Stopwatch.GetTimestamp();
    private int _first = -1;

    internal void Show(int done, string figures)
    {
        _first = _first < 0 ? done - 1 : _first;
        bool isEnd = done >= total;
        if (Console.IsOutputRedirected && !isEnd && done % Math.Max(1, total / LinesInFile) != 0)
        {
            return;
        }

        TimeSpan left = Stopwatch.GetElapsedTime(_started) / (done - _first) * (total - done);
        int filled = Width * done / total;
        string line = string.Create(CultureInfo.InvariantCulture, $"{stage,-22} [{new string('#', filled)}{new string('.', Width - filled)}] {done}/{total}  {figures}  {left:mm\\:ss} left   ");
        Console.Write(Console.IsOutputRedirected ? $"{line.TrimEnd()}\n" : isEnd ? $"\r{line}\n" : $"\r{line}");
    }
}
