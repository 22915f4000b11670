using WhatsSound.Silo;

return await WhatsSoundHost.Program.RunAsync(args);
