namespace Orleans;

/// <summary>Marks an interface of grains whose key is a string.</summary>
public interface IGrainWithStringKey : IGrain;
