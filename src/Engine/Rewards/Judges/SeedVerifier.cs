using Microsoft.Extensions.AI;
using SeedOrleans.Domain.Specs;

namespace SeedOrleans.Engine.Rewards.Judges;

/// <summary>Says at sight whether a response gives the reference answer: P(YES) of the reply's first word.</summary>
/// <remarks>ByteDance Seed, Seed-Thinking-v1.5, arXiv:2504.13914, §3.1.</remarks>
/// <param name="model">Not owned.</param>
public sealed class SeedVerifier(IChatClient model, JudgeOptions? options = null) : AnswerJudge(model, JudgeStyle.Verifier, options);
