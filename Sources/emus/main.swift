print("emus")
