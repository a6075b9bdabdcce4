using System.Diagnostics;
using OpenTelemetry;

namespace DependencyInjection;

/// <summary>Prints each span as a line. An application would export to its collector instead.</summary>
internal sealed class ConsoleSpans : BaseExporter<Activity>
{
    public override ExportResult Export(in Batch<Activity> batch)
    {
        foreach (Activity span in batch)
        {
            Console.WriteLine($"[span]   {span.DisplayName,-28} {span.Duration.TotalMilliseconds,8:0.0} ms  {string.Join("  ", span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"))}");
            foreach (ActivityEvent happened in span.Events)
            {
                Console.WriteLine($"[event]    {happened.Name}  {string.Join("  ", happened.Tags.Select(tag => $"{tag.Key}={tag.Value}"))}");
            }
        }

        return ExportResult.Success;
    }
}
