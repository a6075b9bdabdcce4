using System.Diagnostics;
using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>The <c>chat</c> span and the client metrics of one model call.</summary>
internal readonly struct ChatCallTelemetry : IDisposable
{
    private readonly Activity? _activity;
    private readonly ChatClientMetadata? _metadata;
    private readonly string? _model;
    private readonly TimeProvider _time;
    private readonly long _started;

    private ChatCallTelemetry(Activity? activity, ChatClientMetadata? metadata, string? model, TimeProvider time)
    {
        _activity = activity;
        _metadata = metadata;
        _model = model;
        _time = time;
        _started = time.GetTimestamp();
    }

    internal static ChatCallTelemetry Start(
        IChatClient client, IList<ChatMessage> messages, ChatOptions? options, AgentComponent component, TimeProvider time)
    {
        // Nobody listening is the common case: then the call costs two checks.
        if (!ReflexionTelemetry.Source.HasListeners() && !ReflexionTelemetry.TokenUsage.Enabled && !ReflexionTelemetry.OperationDuration.Enabled)
        {
            return new(null, null, null, time);
        }

        var metadata = client.GetService(typeof(ChatClientMetadata)) as ChatClientMetadata;
        string? model = options?.ModelId ?? metadata?.DefaultModelId;
        Activity? activity = ReflexionTelemetry.Source.StartActivity(model is null ? "chat" : $"chat {model}", ActivityKind.Client);
        if (activity is not null)
        {
            activity.SetTag("gen_ai.operation.name", "chat");
            activity.SetTag("gen_ai.provider.name", metadata?.ProviderName);
            activity.SetTag("gen_ai.request.model", model);
            activity.SetTag("gen_ai.request.temperature", options?.Temperature);
            activity.SetTag("gen_ai.request.max_tokens", options?.MaxOutputTokens);
            activity.SetTag("server.address", metadata?.ProviderUri?.Host);
            activity.SetTag("server.port", metadata?.ProviderUri?.Port);
            activity.SetTag("reflexion.component", component.ToString());
            if (ReflexionTelemetry.CapturesContent)
            {
                activity.SetTag("gen_ai.input.messages", string.Join("\n\n", messages.Select(message => $"{message.Role}: {message.Text}")));
            }
        }

        return new(activity, metadata, model, time);
    }

    /// <summary>Makes the span current again: an async iterator resumes in its reader's context.</summary>
    internal void Resume()
    {
        if (_activity is not null)
        {
            Activity.Current = _activity;
        }
    }

    internal void Succeed(ChatResponse response, TokenUsage used)
    {
        Measure(used, error: null, response.ModelId);
        if (_activity is not null)
        {
            _activity.SetTag("gen_ai.response.id", response.ResponseId);
            _activity.SetTag("gen_ai.response.model", response.ModelId);
            _activity.SetTag("gen_ai.response.finish_reasons", response.FinishReason is { } reason ? new[] { reason.Value } : null);
            _activity.SetTag("gen_ai.usage.input_tokens", used.InputTokens);
            _activity.SetTag("gen_ai.usage.output_tokens", used.OutputTokens);
            if (ReflexionTelemetry.CapturesContent)
            {
                _activity.SetTag("gen_ai.output.messages", response.Text);
            }
        }
    }

    internal void Fail(Exception fault)
    {
        string error = fault.GetType().FullName ?? "error";
        Measure(default, error, responseModel: null);
        _activity?.SetTag("error.type", error);
        _activity?.SetStatus(ActivityStatusCode.Error, fault.Message);
    }

    public void Dispose() => _activity?.Dispose();

    private void Measure(TokenUsage used, string? error, string? responseModel)
    {
        if (!ReflexionTelemetry.TokenUsage.Enabled && !ReflexionTelemetry.OperationDuration.Enabled)
        {
            return;
        }

        var tags = new TagList
        {
            { "gen_ai.operation.name", "chat" },
            { "gen_ai.provider.name", _metadata?.ProviderName },
            { "gen_ai.request.model", _model },
            { "gen_ai.response.model", responseModel },
        };
        if (error is null)
        {
            tags.Add("gen_ai.token.type", "input");
            ReflexionTelemetry.TokenUsage.Record(used.InputTokens, tags);
            tags[^1] = new("gen_ai.token.type", "output");
            ReflexionTelemetry.TokenUsage.Record(used.OutputTokens, tags);
            tags.RemoveAt(tags.Count - 1);
        }
        else
        {
            tags.Add("error.type", error);
        }

        ReflexionTelemetry.OperationDuration.Record(_time.GetElapsedTime(_started).TotalSeconds, tags);
    }
}
