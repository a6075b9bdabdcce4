// An agent in the generic host: options from appsettings.json, validated at start; a memory that outlives the process;
// traces and metrics to the console through OpenTelemetry.
using DependencyInjection;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Reflexion;
using Reflexion.Samples;

if (!ChatProvider.TryCreate(args, "An agent in the generic host: options, a memory file, telemetry on the console.", SupportScript.Create, out IChatClient? chat, out int exitCode))
{
    return exitCode;
}

HostApplicationBuilder builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
string lessons = Path.Combine(Path.GetTempPath(), "reflexion-sample-lessons.jsonl");

builder.Services.AddSingleton(chat);
builder.Services.AddSingleton<IEpisodicMemory>(await FileEpisodicMemory.OpenAsync(lessons));
builder.Services.Configure<ReflexionAgentOptions>(builder.Configuration.GetSection("Reflexion"));
builder.Services.AddReflexion(agent => agent.UseEvaluator(context =>
    context.Trajectory.Answer?.Contains("refund", StringComparison.OrdinalIgnoreCase) == true
        ? TrajectoryEvaluation.Passed("The customer is told about the refund.")
        : TrajectoryEvaluation.Failed("The customer asked for their money back and is not told whether they get it.")));
builder.Services.AddHostedService<SupportDesk>();

using TracerProvider traces = Sdk.CreateTracerProviderBuilder().AddSource(ReflexionTelemetry.Name)
    .AddProcessor(new SimpleActivityExportProcessor(new ConsoleSpans())).Build();
using MeterProvider metrics = Sdk.CreateMeterProviderBuilder().AddMeter(ReflexionTelemetry.Name)
    .AddReader(new BaseExportingMetricReader(new ConsoleMetrics())).Build();
using IHost host = builder.Build();
await host.RunAsync();
return 0;
