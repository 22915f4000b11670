using WhatsSound.Silo;

await WhatsSoundHost.Create(args).RunAsync();
