import App

await Linli.run()
