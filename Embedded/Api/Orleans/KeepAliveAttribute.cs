namespace Orleans;

/// <summary>Activations of this class are not deactivated for being idle.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public class KeepAliveAttribute : Attribute;
