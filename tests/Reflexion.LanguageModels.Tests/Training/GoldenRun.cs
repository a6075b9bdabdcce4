using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json;
using Reflexion.LanguageModels;

namespace Reflexion.Tests;

/// <summary>Computes all that a golden case expects.</summary>
internal sealed class GoldenRun<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly GoldenCase _golden;
    private readonly ModelStore<T> _model;
    private readonly AdapterStore<T> _adapter;
    private readonly TrainingEngine<T> _engine;
    private readonly TrainingBatch _batch;
    private readonly Random? _nudges;

    /// <param name="golden">The case.</param>
    /// <param name="nudges">Moves the old log-probabilities within what storing them in single precision left open, or null.</param>
    public GoldenRun(GoldenCase golden, Random? nudges = null)
    {
        _golden = golden;
        _nudges = nudges;
        _model = golden.Model<T>();
        _adapter = golden.Adapter<T>(_model.Config);
        _engine = new(_model, _adapter, new() { Optimizer = golden.Optimizer, Threads = 1 });
        _batch = new(golden.Sequences);
    }

    public List<GoldenResult> Results { get; } = [];

    public void CheckAll()
    {
        CheckLogits();
        CheckGreedy();
        CheckLogProbs();
        CheckLikelihood();
        CheckPpo();
    }

    public void Dispose()
    {
        _engine.Dispose();
        _adapter.Dispose();
        _model.Dispose();
    }

    private void CheckLogits()
    {
        for (int i = 0; i < _golden.Sequences.Length; i++)
        {
            int[] ids = [.. _golden.Sequences[i].Prompt, .. _golden.Sequences[i].Response];
            Compare($"seq{i}.base.logits", Stores.Get<T>(_engine.Logits(ids, withAdapter: false)));
            Compare($"seq{i}.adapter.logits", Stores.Get<T>(_engine.Logits(ids, withAdapter: true)));
        }
    }

    private void CheckGreedy()
    {
        List<int> ids = [.. _golden.GreedyPrompt];
        bool withAdapter = _golden["greedy"].GetProperty("with_adapter").GetBoolean();
        foreach (int expected in _golden.Continuation)
        {
            double[] last = Stores.Get<T>(_engine.Logits([.. ids], withAdapter).RowsFrom(ids.Count - 1, 1));
            ids.Add(Array.IndexOf(last, last.Max()));
        }

        ids.Skip(_golden.GreedyPrompt.Length).Should().Equal(_golden.Continuation, "{0} continues so", _golden.Folder);
    }

    private void CheckLogProbs()
    {
        var batch = new TrainingBatch(_golden.WholeSequences);
        foreach (bool withAdapter in (bool[])[false, true])
        {
            using var scores = new TokenScores<T>();
            _engine.Score(batch, withAdapter, scores);
            for (int i = 0; i < _golden.Sequences.Length; i++)
            {
                Compare($"seq{i}.{(withAdapter ? "adapter" : "base")}.logprobs", Stores.Get<T>(scores.LogProbs[batch.PredictionsOf(i)]));
            }
        }
    }

    private void CheckLikelihood()
    {
        _engine.Forward(_batch);
        double loss = -Stores.Get<T>(_engine.Scores.LogProbs).Average();
        _engine.ScoreGradients.LogProbs.Fill(T.CreateChecked(-1.0 / _batch.ResponseTokenCount));
        _engine.Backward(_batch);
        Compare("sft.loss", loss, _golden["sft"].GetProperty("loss"));
        CompareGradients("sft");
        _engine.Gradients.Clear();
    }

    public void CheckPpo()
    {
        JsonElement steps = _golden["adamw"].GetProperty("losses_before_each_step_and_after");
        double[] reference = Reference();
        double[][] old = [.. _golden.Sequences.Select((_, i) => _golden.Expected[$"seq{i}.old_logprobs"].Select(Nudged).ToArray())];
        for (int step = 0; step < steps.GetArrayLength(); step++)
        {
            PpoObjective objective = PpoBackward(reference, old);
            Compare($"loss before step {step + 1}", objective.Loss, steps[step]);
            if (step == 0)
            {
                Compare("ppo.loss", objective.Loss, _golden["ppo"].GetProperty("loss"));
                Compare("clip fraction", objective.ClipFraction, _golden["ppo"].GetProperty("clip_fraction"));
                Compare("mean KL", objective.MeanKl, _golden["ppo"].GetProperty("mean_kl"));
                CompareGradients("ppo");
            }

            if (step + 1 < steps.GetArrayLength())
            {
                UpdateReport report = _engine.Update();
                if (step == 0)
                {
                    Compare("ppo gradient norm", report.GradientNorm, _golden["ppo"].GetProperty("grad_norm"));
                }
            }
        }

        foreach (TensorSlot slot in _adapter.Block.Slots)
        {
            Compare($"adamw{steps.GetArrayLength() - 1}.{slot.Name}", Stores.Get(_adapter.Block[slot.Name]));
        }
    }

    private double[] Reference()
    {
        using var scores = new TokenScores<T>();
        _engine.Score(_batch, withAdapter: false, scores);
        return Stores.Get<T>(scores.LogProbs);
    }

    private PpoObjective PpoBackward(double[] reference, double[][] old)
    {
        _engine.Forward(_batch);
        JsonElement ppo = _golden["ppo"];
        var objective = new PpoObjective(ppo.GetProperty("clip").GetDouble(), ppo.GetProperty("kl_coefficient").GetDouble(), _batch.ResponseTokenCount);
        for (int i = 0; i < _batch.Sequences.Length; i++)
        {
            (int first, int count) = _batch.PredictionsOf(i).GetOffsetAndLength(_batch.ResponseTokenCount);
            for (int t = 0; t < count; t++)
            {
                double logProb = double.CreateChecked(_engine.Scores.LogProbs[first + t]);
                _engine.ScoreGradients.LogProbs[first + t] =
                    T.CreateChecked(objective.Token(logProb, old[i][t], reference[first + t], _golden.Advantages[i]));
            }
        }

        _engine.Backward(_batch);
        return objective;
    }

    private void CompareGradients(string objective)
    {
        double sum = 0;
        foreach (TensorSlot slot in _adapter.Block.Slots)
        {
            double[] gradient = Stores.Get(_engine.Gradients[slot.Name]);
            sum += gradient.Sum(number => number * number);
            Compare($"{objective}.grad.{slot.Name}", gradient);
        }

        Compare($"{objective} norm of all", Math.Sqrt(sum), _golden[objective].GetProperty("grad_norm"));
    }

    private double Nudged(float stored) =>
        _nudges is null ? stored : stored + ((_nudges.NextDouble() - 0.5) * (MathF.BitIncrement(MathF.Abs(stored)) - MathF.Abs(stored)));

    private void Compare(string tensor, double[] actual) => Results.Add(new(tensor, actual, [.. _golden.Expected[tensor]]));

    private void Compare(string what, double actual, JsonElement expected) => Results.Add(new(what, [actual], [expected.GetDouble()]));
}
