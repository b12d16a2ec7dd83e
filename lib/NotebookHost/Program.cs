Console.WriteLine("attention");
