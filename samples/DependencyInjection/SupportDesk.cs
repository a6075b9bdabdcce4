using Microsoft.Extensions.Hosting;
using Reflexion;
using Reflexion.Samples;

namespace DependencyInjection;

/// <summary>A service of the application that uses the agent, and stops the host when it is done.</summary>
internal sealed class SupportDesk(ReflexionAgent agent, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var task = new AgentTask("ticket-17", "Answer the customer in one or two friendly sentences.") { Context = "My kettle arrived broken. I want my money back. Order 8812." };

        // Ctrl-C asks the host to stop; the episode then ends with its best trial instead of being lost.
        Episode episode = await agent.RunAsync(task, new() { StopToken = stoppingToken }, CancellationToken.None);
        Summary.Print(episode);
        lifetime.StopApplication();
    }
}
