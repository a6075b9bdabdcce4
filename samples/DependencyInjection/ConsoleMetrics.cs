using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace DependencyInjection;

/// <summary>Prints each metric as a line when the application ends.</summary>
internal sealed class ConsoleMetrics : BaseExporter<Metric>
{
    public override ExportResult Export(in Batch<Metric> batch)
    {
        foreach (Metric metric in batch)
        {
            foreach (ref readonly MetricPoint point in metric.GetMetricPoints())
            {
                string value = metric.MetricType == MetricType.Histogram
                    ? $"count={point.GetHistogramCount()} sum={point.GetHistogramSum():0.###}"
                    : $"{point.GetSumLong()}";
                var tags = new List<string>();
                foreach (KeyValuePair<string, object?> tag in point.Tags)
                {
                    tags.Add($"{tag.Key}={tag.Value}");
                }

                Console.WriteLine($"[metric] {metric.Name,-34} {value,-22} {string.Join("  ", tags)}");
            }
        }

        return ExportResult.Success;
    }
}
