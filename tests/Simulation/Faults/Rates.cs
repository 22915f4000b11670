namespace WhatsSound.Tests.Simulation.Faults;

/// <summary>What part of everything goes wrong, from 0 to 1. The weather changes it while a storm runs.</summary>
internal sealed class Rates
{
    /// <summary>Calls that come late.</summary>
    public double Delay { get; set; }

    /// <summary>By how much at most.</summary>
    public TimeSpan DelayMax { get; set; }

    /// <summary>Calls that do not arrive.</summary>
    public double CallLoss { get; set; }

    /// <summary>Calls that are carried out, and whose answer does not arrive.</summary>
    public double AnswerLoss { get; set; }

    /// <summary>Calls that arrive twice.</summary>
    public double Doubling { get; set; }

    /// <summary>Batches of frames from which one is missing, though the numbers of the batches have no gap.</summary>
    public double FrameLoss { get; set; }

    /// <summary>Batches of frames that come twice, or late.</summary>
    public double BatchTrouble { get; set; }

    /// <summary>Writes of grains' state that fail, half of them after they were done.</summary>
    public double WriteFailure { get; set; }

    /// <summary>Appends to the message log that fail, half of them after they were done.</summary>
    public double AppendFailure { get; set; }

    public void Clear()
    {
        Delay = CallLoss = AnswerLoss = Doubling = FrameLoss = BatchTrouble = WriteFailure = AppendFailure = 0;
        DelayMax = TimeSpan.Zero;
    }
}
