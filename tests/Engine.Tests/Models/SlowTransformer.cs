using System.Text.Json;
using SeedOrleans.Engine.Models.HuggingFace;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Tests.Models;

/// <summary>The network once more, in scalar loops of double precision, from the papers and Hugging Face's names alone.</summary>
/// <remarks>It knows a model by its folder only: config.json's keys and the tensors' names, not this project's configs or layouts.</remarks>
internal sealed class SlowTransformer
{
    private readonly JsonElement _config;
    private readonly Dictionary<string, double[]> _weights = [];

    public SlowTransformer(string folder)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "config.json")));
        _config = document.RootElement.Clone();

        using var files = ModelFolder.Open(folder);
        foreach (var name in files.Names)
        {
            using var tensor = files.Read(name);
            using var wide = tensor.to(float64);
            _weights[name] = [.. wide.data<double>()];
        }
    }

    /// <summary>By name, row after row; a test may change them.</summary>
    public IReadOnlyDictionary<string, double[]> Weights => _weights;

    /// <summary>Σ over sparse layers of Σ_e f_e·P_e (arXiv:2412.19437, Eq. 17–20) of the last sequence.</summary>
    public double BalanceLoss { get; private set; }

    /// <returns>log p(token i | tokens before it) for every i but the first.</returns>
    public double[] LogProbs(int[] tokens)
    {
        BalanceLoss = 0;
        var hidden = Integer("hidden_size");
        var embedding = _weights["model.embed_tokens.weight"];
        var stream = tokens[..^1].Select(token => embedding[(token * hidden)..((token + 1) * hidden)]).ToArray();

        for (var layer = 0; layer < Integer("num_hidden_layers"); layer++)
        {
            var name = $"model.layers.{layer}";
            stream = Sum(stream, Attention($"{name}.self_attn", Norms($"{name}.input_layernorm", stream)));
            stream = Sum(stream, Mlp(layer, Norms($"{name}.post_attention_layernorm", stream)));
        }

        var head = _config.GetProperty("tie_word_embeddings").GetBoolean() ? "model.embed_tokens" : "lm_head";
        return [.. Norms("model.norm", stream).Select((state, index) => Math.Log(Softmax(Linear(head, state))[tokens[index + 1]]))];
    }

    /// <summary>Grouped-query attention (arXiv:2305.13245), with norms over heads where the folder has them.</summary>
    private double[][] Attention(string name, double[][] input)
    {
        var (heads, shared, size) = (Integer("num_attention_heads"), Integer("num_key_value_heads"), Integer("head_dim"));
        var queries = input.Select((state, place) => Heads($"{name}.q_proj", $"{name}.q_norm", state, place)).ToArray();
        var keys = input.Select((state, place) => Heads($"{name}.k_proj", $"{name}.k_norm", state, place)).ToArray();
        var values = input.Select(state => Linear($"{name}.v_proj", state).Chunk(size).ToArray()).ToArray();

        return [.. input.Select((_, place) => Linear($"{name}.o_proj", [.. Enumerable.Range(0, heads).SelectMany(head => Mix(place, head))]))];

        double[] Mix(int place, int head)
        {
            var partner = head / (heads / shared);
            var shares = Softmax([.. Enumerable.Range(0, place + 1).Select(other => Dot(queries[place][head], keys[other][partner]) / Math.Sqrt(size))]);
            return [.. Enumerable.Range(0, size).Select(at => shares.Select((share, other) => share * values[other][partner][at]).Sum())];
        }
    }

    private double[][] Heads(string projection, string norm, double[] state, int place) =>
        [.. Linear(projection, state).Chunk(Integer("head_dim")).Select(head => Turn(_weights.ContainsKey($"{norm}.weight") ? Norm(norm, head) : head, place))];

    /// <summary>Rotary embedding (arXiv:2104.09864) in Hugging Face's order: x·cos + rotate_half(x)·sin.</summary>
    private double[] Turn(double[] head, int place)
    {
        var half = head.Length / 2;
        var turned = new double[head.Length];
        for (var pair = 0; pair < half; pair++)
        {
            var angle = place * Math.Pow(_config.GetProperty("rope_theta").GetDouble(), -2.0 * pair / head.Length);
            turned[pair] = (head[pair] * Math.Cos(angle)) - (head[pair + half] * Math.Sin(angle));
            turned[pair + half] = (head[pair + half] * Math.Cos(angle)) + (head[pair] * Math.Sin(angle));
        }

        return turned;
    }

    private double[][] Mlp(int layer, double[][] input)
    {
        var name = $"model.layers.{layer}.mlp";
        var isSparse = _config.TryGetProperty("num_experts", out var experts)
            && (layer + 1) % Integer("decoder_sparse_step") == 0
            && !_config.GetProperty("mlp_only_layers").EnumerateArray().Any(dense => dense.GetInt32() == layer);

        return isSparse ? Experts(name, input, experts.GetInt32()) : [.. input.Select(state => SwiGlu(name, state))];
    }

    /// <summary>Qwen3MoeSparseMoeBlock: softmax over all experts, the k largest, scaled to sum to 1 if norm_topk_prob says so.</summary>
    private double[][] Experts(string name, double[][] input, int experts)
    {
        var used = Integer("num_experts_per_tok");
        var (counts, sums) = (new double[experts], new double[experts]);
        var output = new List<double[]>();
        foreach (var state in input)
        {
            var probabilities = Softmax(Linear($"{name}.gate", state));
            var chosen = Enumerable.Range(0, experts).OrderByDescending(expert => probabilities[expert]).Take(used).ToArray();
            var total = _config.GetProperty("norm_topk_prob").GetBoolean() ? chosen.Sum(expert => probabilities[expert]) : 1;
            var mixed = new double[state.Length];
            foreach (var expert in chosen)
            {
                counts[expert]++;
                var answer = SwiGlu($"{name}.experts.{expert}", state);
                for (var at = 0; at < mixed.Length; at++)
                    mixed[at] += probabilities[expert] / total * answer[at];
            }

            for (var expert = 0; expert < experts; expert++)
                sums[expert] += probabilities[expert];

            output.Add(mixed);
        }

        BalanceLoss += counts.Zip(sums, (count, sum) => experts / (double)(used * input.Length) * count * (sum / input.Length)).Sum();
        return [.. output];
    }

    /// <summary>down(silu(gate(x)) · up(x)), arXiv:2002.05202.</summary>
    private double[] SwiGlu(string name, double[] state) => Linear(
        $"{name}.down_proj",
        [.. Linear($"{name}.gate_proj", state).Zip(Linear($"{name}.up_proj", state), (gate, up) => gate / (1 + Math.Exp(-gate)) * up)]);

    private double[] Linear(string name, double[] input)
    {
        var matrix = _weights[$"{name}.weight"];
        var bias = _weights.GetValueOrDefault($"{name}.bias");
        var output = new double[matrix.Length / input.Length];
        for (var row = 0; row < output.Length; row++)
            output[row] = Dot(matrix.AsSpan(row * input.Length, input.Length), input) + (bias is null ? 0 : bias[row]);

        return output;
    }

    private double[][] Norms(string name, double[][] states) => [.. states.Select(state => Norm(name, state))];

    /// <summary>x / sqrt(mean(x²) + ε) · gain, arXiv:1910.07467.</summary>
    private double[] Norm(string name, double[] state)
    {
        var scale = 1 / Math.Sqrt(state.Average(value => value * value) + _config.GetProperty("rms_norm_eps").GetDouble());
        return [.. state.Zip(_weights[$"{name}.weight"], (value, gain) => value * scale * gain)];
    }

    private static double[] Softmax(double[] scores)
    {
        var most = scores.Max();
        double[] powers = [.. scores.Select(score => Math.Exp(score - most))];
        var total = powers.Sum();
        return [.. powers.Select(power => power / total)];
    }

    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var sum = 0.0;
        for (var at = 0; at < left.Length; at++)
            sum += left[at] * right[at];

        return sum;
    }

    private static double[][] Sum(double[][] left, double[][] right) =>
        [.. left.Zip(right, (one, other) => one.Zip(other, (a, b) => a + b).ToArray())];

    private int Integer(string key) => _config.GetProperty(key).GetInt32();
}
