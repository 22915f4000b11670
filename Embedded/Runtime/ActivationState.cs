namespace WhatsSound.Embedded.Runtime;

internal enum ActivationState
{
    Activating,
    Valid,
    Deactivating,
    Gone,
}
