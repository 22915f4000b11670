using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using WhatsSound.Embedded.Runtime;

namespace Orleans;

/// <summary>The usual base class of grains.</summary>
public abstract class Grain : IGrainBase, IAddressable
{
    protected Grain()
        : this(Activation.Current ?? throw new InvalidOperationException("A grain is made by the engine: use IGrainFactory.GetGrain."))
    {
    }

    protected Grain(IGrainContext grainContext) => GrainContext = grainContext;

    public IGrainContext GrainContext { get; }

    public GrainReference GrainReference => GrainContext.GrainReference;

    public string IdentityString => GrainContext.GrainId.ToString();

    public string RuntimeIdentity => ServiceProvider.GetRequiredService<ILocalSiloDetails>().SiloAddress.ToString();

    protected IGrainFactory GrainFactory => ServiceProvider.GetRequiredService<IGrainFactory>();

    protected internal IServiceProvider ServiceProvider => GrainContext.ActivationServices;

    /// <summary>Runs before the first request, after the states have been read. If it throws, the requests that wait fail.</summary>
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs when the activation ends in good order; a killed silo does not run it.</summary>
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;

    protected void DeactivateOnIdle() => GrainBaseExtensions.DeactivateOnIdle(this);

    /// <summary>Keeps an idle activation for at least this long; a negative value takes that back.</summary>
    protected void DelayDeactivation(TimeSpan timeSpan) => Activation.Of(GrainContext).DelayDeactivation(timeSpan);
}
