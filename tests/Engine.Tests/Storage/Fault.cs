namespace SeedOrleans.Engine.Tests.Storage;

/// <summary>What befalls one call to a store. Calls that it does not fit (a torn read, a flipped deletion) pass unharmed.</summary>
public enum Fault
{
    /// <summary>The process dies; the call was never sent.</summary>
    CrashBefore,

    /// <summary>The call is carried out, and the process dies before it hears so.</summary>
    CrashAfter,

    /// <summary>A write arrives twice; the caller hears the answer to the first.</summary>
    Duplicate,

    /// <summary>Other calls that are under way overtake it.</summary>
    Delay,

    /// <summary>Half of the content is written, which the store calls a success.</summary>
    TornWrite,

    /// <summary>Half of the content is written, and the process dies.</summary>
    TornCrash,

    /// <summary>A read brings one bit that is wrong; the blob is sound.</summary>
    FlipOnRead,

    /// <summary>One bit of the blob is wrong from now on.</summary>
    FlipAtRest,

    /// <summary>The blob is gone, though its write was acknowledged.</summary>
    Missing,

    /// <summary>The store answers 409 or 412, and does nothing.</summary>
    Conflict,

    /// <summary>The store answers 503, once, and does nothing.</summary>
    Unavailable,
}
