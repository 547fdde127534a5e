print("eye")
